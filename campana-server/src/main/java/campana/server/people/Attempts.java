package campana.server.people;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Slows down who guesses: after five wrong attempts for one email each further one waits, a second
/// first, then twice as long each time, up to 15 minutes; whichever process is asked, and also
/// after a restart.
final class Attempts {
  private static final int FREE = 5;
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /// After so long without another one, failures count no more.
  static final Duration KEPT = LONGEST.multipliedBy(2);

  private final PeopleStore store;
  private final InstantSource clock;

  Attempts(PeopleStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// How long this email has to wait; empty: it may try now.
  Optional<Duration> waitOf(String email) {
    var now = now();
    return store
        .failures(Hashes.of(email))
        .map(failures -> failures.newest().plus(wait(failures.count())))
        .filter(freeAt -> freeAt.isAfter(now))
        .map(freeAt -> Duration.between(now, freeAt));
  }

  private static Duration wait(int failures) {
    var doublings = Math.min(failures - FREE, 20);
    var wait = doublings < 0 ? Duration.ZERO : Duration.ofSeconds(1L << doublings);
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  void failed(String email) {
    var now = now();
    store.addFailure(Hashes.of(email), now, now.minus(KEPT));
  }

  void succeeded(String email) {
    store.removeFailures(Hashes.of(email));
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
