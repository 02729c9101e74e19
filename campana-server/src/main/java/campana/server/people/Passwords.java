package campana.server.people;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/// Argon2id with 19 MiB, 2 passes, 1 lane: OWASP's first choice for servers. Written in the usual
/// form `$argon2id$v=19$m=…,t=…,p=…$salt$hash`, so that the numbers can grow later.
final class Passwords {
  private static final int MEMORY_KIB = 19 * 1024;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int SALT_BYTES = 16;
  private static final int HASH_BYTES = 32;

  /// Hashes under way at once: each takes 19 MiB, and sign-in is open to everybody.
  private static final int AT_ONCE = 2;

  private final RandomGenerator chance;
  private final Semaphore slots = new Semaphore(AT_ONCE, true);

  /// What an unknown email is checked against, so that its answer takes as long.
  private final String nobodys;

  Passwords(RandomGenerator chance) {
    this.chance = chance;
    var bytes = new byte[SALT_BYTES + HASH_BYTES];
    chance.nextBytes(bytes);
    var salt = java.util.Arrays.copyOf(bytes, SALT_BYTES);
    var hash = java.util.Arrays.copyOfRange(bytes, SALT_BYTES, bytes.length);
    this.nobodys = written(MEMORY_KIB, PASSES, LANES, salt, hash);
  }

  String hash(String password) {
    var salt = new byte[SALT_BYTES];
    chance.nextBytes(salt);
    return written(
        MEMORY_KIB, PASSES, LANES, salt, argon(password, MEMORY_KIB, PASSES, LANES, salt));
  }

  /// Takes its time in vain, and says no.
  boolean checkNobody(String password) {
    var _ = check(password, nobodys);
    return false;
  }

  /// @throws IllegalStateException if what is stored was not written by [#hash]
  boolean check(String password, String stored) {
    var parts = stored.split("\\$", -1);
    if (parts.length != 6 || !parts[1].equals("argon2id")) {
      throw new IllegalStateException("a stored password is not in the form $argon2id$v=19$…");
    }
    var numbers = parts[3].split("[=,]", -1); // m=…,t=…,p=…
    var salt = Base64.getDecoder().decode(parts[4]);
    var wanted = Base64.getDecoder().decode(parts[5]);
    var memory = Integer.parseInt(numbers[1]);
    var passes = Integer.parseInt(numbers[3]);
    var lanes = Integer.parseInt(numbers[5]);
    return MessageDigest.isEqual(wanted, argon(password, memory, passes, lanes, salt));
  }

  private byte[] argon(String password, int memory, int passes, int lanes, byte[] salt) {
    slots.acquireUninterruptibly();
    try {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(memory)
              .withIterations(passes)
              .withParallelism(lanes)
              .withSalt(salt)
              .build());
      var hash = new byte[HASH_BYTES];
      generator.generateBytes(password.getBytes(StandardCharsets.UTF_8), hash);
      return hash;
    } finally {
      slots.release();
    }
  }

  private static String written(int memory, int passes, int lanes, byte[] salt, byte[] hash) {
    var base64 = Base64.getEncoder().withoutPadding();
    return "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
        .formatted(memory, passes, lanes, base64.encodeToString(salt), base64.encodeToString(hash));
  }
}
