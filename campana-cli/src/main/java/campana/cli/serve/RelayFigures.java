package campana.cli.serve;

import campana.relay.outbox.LaneStatus;
import campana.relay.outbox.Records;
import campana.relay.outbox.Sums;
import campana.server.web.Meters;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The relay's sums and lanes for `/metrics`: the two equations as counters, lanes by what is the
/// matter with them. No space is named. One look at the tables serves a whole scrape.
final class RelayFigures {
  private static final long FRESH_MILLIS = 1_000;

  private final Supplier<Optional<Records>> records;
  private final InstantSource clock;
  private @Nullable Look last; // guarded by this

  private record Look(long at, Sums sums, List<LaneStatus> lanes) {}

  RelayFigures(Supplier<Optional<Records>> records, InstantSource clock) {
    this.records = records;
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
    lanes(meters, "known", "Lanes", _ -> true);
    lanes(meters, "paused", "Lanes that somebody has paused", LaneStatus::paused);
    lanes(meters, "late", "Lanes with entries older than alarm-after", lane -> lane.late() > 0);
    lanes(
        meters, "untold", "Lanes with something late or held", lane -> lane.untoldSince() != null);
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

  private void lanes(Meters meters, String which, String what, Predicate<LaneStatus> matter) {
    meters.gauge(
        "campana.relay.lanes." + which,
        what,
        () -> look().map(l -> l.lanes().stream().filter(matter).count()).orElse(0L));
  }

  private synchronized Optional<Look> look() {
    var now = clock.millis();
    var fresh = last != null && Math.abs(now - last.at()) < FRESH_MILLIS;
    if (!fresh) {
      last = records.get().map(r -> new Look(now, r.sums(), r.lanes())).orElse(null);
    }
    return Optional.ofNullable(last);
  }
}
