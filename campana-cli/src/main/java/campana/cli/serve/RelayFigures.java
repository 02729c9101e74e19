package campana.cli.serve;

import campana.relay.outbox.Overview;
import campana.relay.outbox.Records;
import campana.relay.outbox.Sums;
import campana.server.web.Meters;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The relay's sums and lanes for `/metrics`: the two equations, lanes by what is the matter with
/// them, how old the oldest entry is, attempts by their outcome. No space is named. One look at the
/// tables serves a whole scrape.
final class RelayFigures {
  private static final long FRESH_MILLIS = 1_000;

  private final Supplier<Optional<Records>> records;
  private final Supplier<Map<String, Long>> attempts;
  private final InstantSource clock;
  private @Nullable Look last; // guarded by this

  private record Look(long at, Sums sums, Overview lanes) {
    double oldestSeconds() {
      return lanes.oldest() == null ? 0 : Math.max(0, at - lanes.oldest().toEpochMilli()) / 1_000.0;
    }
  }

  /// @param attempts by outcome; empty while no relay runs
  RelayFigures(
      Supplier<Optional<Records>> records,
      Supplier<Map<String, Long>> attempts,
      InstantSource clock) {
    this.records = records;
    this.attempts = attempts;
    this.clock = clock;
  }

  void addTo(Meters meters) {
    trigger(meters, "received", Sums.Triggers::received);
    trigger(meters, "duplicate", Sums.Triggers::duplicate);
    trigger(meters, "filtered", Sums.Triggers::filtered);
    trigger(meters, "muted", Sums.Triggers::muted);
    trigger(meters, "planned", Sums.Triggers::planned);
    entry(meters, "accepted", Sums.Entries::accepted);
    entry(meters, "delivered", Sums.Entries::delivered);
    entry(meters, "folded", Sums.Entries::folded);
    entry(meters, "expired", Sums.Entries::expired);
    entry(meters, "dead", Sums.Entries::dead);
    entry(meters, "discarded", Sums.Entries::discarded);
    entry(meters, "waiting", Sums.Entries::waiting);
    meters.gauge(
        "campana.relay.oldest.seconds",
        "Age of the oldest entry that waits; 0 where none does",
        () -> look().map(Look::oldestSeconds).orElse(0.0));
    lanes(meters, "known", "Lanes", Overview::lanes);
    lanes(meters, "waiting", "Lanes in which something waits", Overview::waiting);
    lanes(meters, "paused", "Lanes that somebody has paused", Overview::paused);
    lanes(meters, "late", "Lanes with entries older than alarm-after", Overview::late);
    lanes(meters, "untold", "Lanes with something late or held, or paused", Overview::untold);
    for (var outcome : new String[] {"delivered", "quota", "failed", "denied", "rejected"}) {
      meters.count(
          "campana.relay.attempts",
          "Requests to the far side since the start, by outcome",
          "outcome",
          outcome,
          () -> attempts.get().getOrDefault(outcome, 0L));
    }
  }

  private void trigger(Meters meters, String fate, Function<Sums.Triggers, Long> figure) {
    meters.count(
        "campana.relay.triggers",
        "Triggers; received = duplicate + filtered + muted + planned",
        "fate",
        fate,
        () -> look().map(l -> figure.apply(l.sums().triggers())).orElse(0L));
  }

  private void entry(Meters meters, String fate, Function<Sums.Entries, Long> figure) {
    meters.gauge( // no counter: a replay takes one out of the dead letters
        "campana.relay.entries",
        "Entries; accepted = delivered + folded + expired + dead + discarded + waiting",
        "fate",
        fate,
        () -> look().map(l -> figure.apply(l.sums().entries())).orElse(0L));
  }

  private void lanes(Meters meters, String which, String what, Function<Overview, Long> figure) {
    meters.gauge(
        "campana.relay.lanes." + which,
        what,
        () -> look().map(l -> figure.apply(l.lanes())).orElse(0L));
  }

  /// The lanes in a few figures, a second old at most; empty while no relay runs.
  Optional<Overview> overview() {
    return look().map(Look::lanes);
  }

  private synchronized Optional<Look> look() {
    var now = clock.millis();
    var fresh = last != null && Math.abs(now - last.at()) < FRESH_MILLIS;
    if (!fresh) {
      last = records.get().map(r -> new Look(now, r.sums(), r.overview())).orElse(null);
    }
    return Optional.ofNullable(last);
  }
}
