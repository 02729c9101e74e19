package campana.server.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// How somebody comes in: a one-time link makes a session, which a cookie carries. Safe for use by
/// many threads.
public final class SignIn {
  /// How long a link holds.
  public static final Duration LINK_LIFE = Duration.ofMinutes(15);

  /// How long an invitation holds: it waits for somebody who does not know of it yet.
  public static final Duration INVITATION_LIFE = Duration.ofDays(7);

  /// How long a session holds.
  public static final Duration SESSION_LIFE = Duration.ofDays(30);

  private final PeopleStore store;
  private final InstantSource clock;
  private final RandomGenerator chance;

  /// @param chance draws the secrets; must not be guessable
  public SignIn(PeopleStore store, InstantSource clock, RandomGenerator chance) {
    this.store = store;
    this.clock = clock;
    this.chance = chance;
  }

  /// Makes a link's token, good for one use within [#LINK_LIFE].
  public String link(Person person) {
    return link(person, LINK_LIFE);
  }

  /// The same for somebody who was just invited.
  public String invitation(Person person) {
    return link(person, INVITATION_LIFE);
  }

  private String link(Person person, Duration life) {
    var token = Hashes.draw(chance);
    store.insertLink(Hashes.of(token), person.id(), now().plus(life));
    return token;
  }

  /// Whose link this is, without using it up: what a GET of its page may ask.
  public Optional<Person> peek(String token) {
    return store.peekLink(Hashes.of(token), now());
  }

  /// Uses a link up.
  ///
  /// @return the value of the session's cookie; empty if the link was used, has expired, or never
  ///   was
  public Optional<String> redeem(String token) {
    return store.takeLink(Hashes.of(token), now()).map(this::open);
  }

  /// Opens a session for somebody whose password was right.
  ///
  /// @return the value of its cookie
  public String open(Person person) {
    var cookie = Hashes.draw(chance);
    var now = now();
    store.insertSession(Hashes.of(cookie), person.id(), now, now.plus(SESSION_LIFE));
    return cookie;
  }

  public Optional<Person> bySession(String cookie) {
    return cookie.isEmpty() ? Optional.empty() : store.session(Hashes.of(cookie), now());
  }

  /// Whose these are, of those that go on: [#bySession] of many at once.
  public Map<String, Person> bySessions(Collection<String> cookies) {
    var hashes = cookies.stream().collect(Collectors.toMap(Hashes::of, cookie -> cookie));
    var people = new HashMap<String, Person>();
    store
        .sessions(hashes.keySet(), now())
        .forEach((hash, person) -> people.put(Objects.requireNonNull(hashes.get(hash)), person));
    return people;
  }

  public void signOut(String cookie) {
    store.removeSession(Hashes.of(cookie));
  }

  /// One round: forgets sessions and links that have expired, and failures of long ago.
  public void purge() {
    var now = now();
    store.purge(now, now.minus(Attempts.KEPT));
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
