package campana.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals secrets before they are stored: AES-256-GCM under a key from a file of its own. The file
/// has one key a line, `ID HEX`; the last one seals, all of them open, so keys can be replaced one
/// after the other. A sealed text is `1.KEYID.BASE64URL` of nonce and cipher text. Safe for use by
/// many threads.
public final class Vault {
  public static final String KEY_FILE = "secret.key";

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final String CHECK = "Campana: these keys fit this database.";
  private static final String MARKS =
      "create table if not exists vault_mark (key_id text not null primary key,"
          + " sealed text not null)";
  private static final String ALL_MARKS = "select sealed from vault_mark";
  private static final String ADD_MARK =
      "insert into vault_mark (key_id, sealed) values (?, ?) on conflict do nothing";

  private final Map<String, SecretKeySpec> keys; // in the file's order
  private final String newest;
  private final SecureRandom random;
  private final Path file;

  private Vault(Path file, Map<String, SecretKeySpec> keys, SecureRandom random) {
    this.file = file;
    this.keys = keys;
    this.newest = new ArrayList<>(keys.keySet()).getLast();
    this.random = random;
  }

  /// Reads the keys; makes the file, for its owner's eyes only, where `mayCreate` and it is
  /// missing.
  ///
  /// @throws CannotOpen when it is missing and may not be made, or holds no keys
  public static Vault open(Path file, boolean mayCreate, SecureRandom random) {
    try {
      if (mayCreate && !Files.exists(file)) {
        create(file, List.of(), random);
      }
      return new Vault(file, parse(file, Files.readAllLines(file)), random);
    } catch (IOException e) {
      throw new CannotOpen(
          "The key file "
              + file
              + " cannot be read ("
              + DataFolder.reason(e)
              + "); wanted: the"
              + " file that this data was written with, from a backup if need be",
          e);
    }
  }

  private static void create(Path file, List<String> before, SecureRandom random)
      throws IOException {
    var id = new byte[4];
    var key = new byte[32];
    random.nextBytes(id);
    random.nextBytes(key);
    var hex = HexFormat.of();
    var lines = new ArrayList<>(before);
    lines.add(hex.formatHex(id) + " " + hex.formatHex(key));
    var next = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(next);
    try (var channel =
        Files.newByteChannel(
            next,
            EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            DataFolder.privately("rw-------"))) {
      channel.write(
          ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII)));
      ((java.nio.channels.FileChannel) channel).force(true); // what it seals must not outlive it
    }
    Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
  }

  private static Map<String, SecretKeySpec> parse(Path file, List<String> lines) {
    var keys = new LinkedHashMap<String, SecretKeySpec>();
    for (var line : lines) {
      if (line.isBlank()) {
        continue;
      }
      var parts = line.strip().split(" ", 3);
      if (parts.length != 2
          || !parts[0].matches("[0-9a-f]{8}")
          || !parts[1].matches("[0-9a-f]{64}")) {
        throw new CannotOpen(
            "The key file "
                + file
                + " is damaged in line "
                + (keys.size() + 1)
                + "; wanted: an id"
                + " of 8 and a key of 64 hexadecimal digits, as in the backup of this data");
      }
      keys.put(parts[0], new SecretKeySpec(HexFormat.of().parseHex(parts[1]), "AES"));
    }
    if (keys.isEmpty()) {
      throw new CannotOpen("The key file " + file + " is empty; wanted: the one from the backup");
    }
    return keys;
  }

  /// Whether the database was written with a key already.
  public static boolean wanted(Database database) {
    return database.write(tx -> {
      database.lockSchema(tx);
      tx.update(MARKS);
      return !tx.query(ALL_MARKS, row -> row.text(1)).isEmpty();
    });
  }

  /// Compares with what the database was sealed with, and leaves a mark for the newest key.
  ///
  /// @throws CannotOpen when the database needs a key that is not here
  public void fit(Database database) {
    database.write(tx -> {
      database.lockSchema(tx); // others may begin at the same time
      demandFit(tx, database.place());
      return tx.update(ADD_MARK, newest, seal(CHECK));
    });
  }

  void demandFit(Tx tx, String place) {
    makeMarks(tx);
    for (var mark : tx.query(ALL_MARKS, row -> row.text(1))) {
      if (open(mark).filter(CHECK::equals).isEmpty()) {
        throw new CannotOpen(
            "The key file "
                + file
                + " does not fit the database "
                + place
                + "; wanted: the one it was written with, from the same backup");
      }
    }
  }

  static void makeMarks(Tx tx) {
    tx.update(MARKS);
  }

  /// Encrypts under the newest key; never the same text twice.
  public String seal(String secret) {
    var nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.ENCRYPT_MODE, keys.get(newest), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(newest.getBytes(StandardCharsets.US_ASCII));
      var sealed = cipher.doFinal(secret.getBytes(StandardCharsets.UTF_8));
      var whole = ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
      return "1." + newest + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(whole);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java has no AES-GCM", e);
    }
  }

  /// Decrypts; empty where the key is not here or the text was changed.
  public Optional<String> open(String sealed) {
    var parts = sealed.split("\\.", 3);
    var key = parts.length == 3 && parts[0].equals("1") ? keys.get(parts[1]) : null;
    if (key == null) {
      return Optional.empty();
    }
    try {
      var whole = Base64.getUrlDecoder().decode(parts[2]);
      var cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, whole, 0, NONCE));
      cipher.updateAAD(parts[1].getBytes(StandardCharsets.US_ASCII));
      var secret = cipher.doFinal(whole, NONCE, whole.length - NONCE);
      return Optional.of(new String(secret, StandardCharsets.UTF_8));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /// Whether `sealed` is under an older key, so that it should be sealed again.
  public boolean outdated(String sealed) {
    return !sealed.startsWith("1." + newest + ".");
  }

  /// Adds a new key to the file and returns a vault that seals with it and still opens the old
  /// ones.
  public Vault rotated() {
    try {
      create(file, Files.readAllLines(file), random);
    } catch (IOException e) {
      throw new CannotOpen(
          "The key file " + file + " cannot be written (" + DataFolder.reason(e) + ")", e);
    }
    return open(file, false, random);
  }

  public Path file() {
    return file;
  }
}
