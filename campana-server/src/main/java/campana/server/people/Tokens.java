package campana.server.people;

import campana.server.Change;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Bearer tokens of the resources API. Each is a person's and may what they may; only its hash is
/// kept. Besides there is the server's own, the owner token, which belongs to whoever has been an
/// owner longest. Safe for use by many threads.
public final class Tokens {
  private static final int NAME_CHARS = 128;

  /// A fresh token.
  ///
  /// @param secret what goes behind `Bearer`; shown once
  public record Issued(ApiToken token, String secret) {
    @Override
    public String toString() {
      return token.toString();
    }
  }

  private final PeopleStore store;
  private final InstantSource clock;
  private final RandomGenerator chance;
  private final byte[] ownerToken;

  /// @param ownerToken the server's own
  /// @param chance draws ids and secrets; must not be guessable
  public Tokens(PeopleStore store, InstantSource clock, RandomGenerator chance, String ownerToken) {
    this.store = store;
    this.clock = clock;
    this.chance = chance;
    this.ownerToken = ownerToken.getBytes(StandardCharsets.UTF_8);
  }

  /// A secret for the server's own token, 256 bits.
  public static String draw(RandomGenerator chance) {
    return Hashes.draw(chance);
  }

  public Change<Issued> create(Person person, String displayName) {
    var name = displayName.strip();
    if (name.codePointCount(0, name.length()) > NAME_CHARS) {
      return new Change.Wrong<>(
          "displayName", "A token's name has at most " + NAME_CHARS + " characters");
    }
    var secret = Hashes.draw(chance);
    var id = Hashes.draw(chance).substring(0, 16);
    var token = new ApiToken(id, name, person.id(), Instant.ofEpochMilli(clock.millis()));
    store.insertToken(token, Hashes.of(secret));
    return new Change.Done<>(new Issued(token, secret));
  }

  /// A person's own; an owner sees everybody's.
  public List<ApiToken> list(Person person) {
    return store.tokens(person.owner() ? "" : person.id());
  }

  /// Ends a token at once: one's own, or as an owner anybody's.
  ///
  /// @return false if there is none
  public boolean delete(Person person, String id) {
    return store.removeToken(id, person.owner() ? "" : person.id());
  }

  /// Whose token this is.
  public Optional<Person> person(String secret) {
    return MessageDigest.isEqual(ownerToken, secret.getBytes(StandardCharsets.UTF_8))
        ? store.list().stream().filter(Person::owner).findFirst()
        : store.byToken(Hashes.of(secret));
  }
}
