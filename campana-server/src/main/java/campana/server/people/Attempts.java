package campana.server.people;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Slows down who guesses: after five wrong attempts for one email each further one waits, a second
/// first, then twice as long each time, up to 15 minutes. Kept in memory, bounded.
final class Attempts {
  private static final int FREE = 5;
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int EMAILS = 10_000;

  private record Failures(int count, Instant freeAt) {}

  private final InstantSource clock;
  private final Cache<String, Failures> failures =
      Caffeine.newBuilder().maximumSize(EMAILS).build();

  Attempts(InstantSource clock) {
    this.clock = clock;
  }

  /// How long this email has to wait; empty: it may try now.
  Optional<Duration> waitOf(String email) {
    var known = failures.getIfPresent(email);
    var now = clock.instant();
    return known == null || !known.freeAt().isAfter(now)
        ? Optional.empty()
        : Optional.of(Duration.between(now, known.freeAt()));
  }

  void failed(String email) {
    var now = clock.instant();
    failures
        .asMap()
        .compute(
            email,
            (_, old) -> {
              var stale = old == null || old.freeAt().plus(LONGEST).isBefore(now);
              var count = stale ? 1 : old.count() + 1;
              var doublings = Math.min(count - FREE, 20);
              var wait = doublings < 0 ? Duration.ZERO : Duration.ofSeconds(1L << doublings);
              return new Failures(count, now.plus(wait.compareTo(LONGEST) > 0 ? LONGEST : wait));
            });
  }

  void succeeded(String email) {
    failures.invalidate(email);
  }
}
