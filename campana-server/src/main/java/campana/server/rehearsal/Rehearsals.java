package campana.server.rehearsal;

import campana.server.Change;
import campana.server.people.Person;
import campana.server.space.Space;
import campana.server.space.Spaces;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;

/// The rehearsals that go on now. Safe for use by many threads.
///
/// They are kept in memory on purpose: whoever forgot one, or does not know why posts fail, starts
/// the server anew, and posts are taken again.
public final class Rehearsals {
  /// Ends the telling; twice is harmless.
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  private final Spaces spaces;
  private final InstantSource clock;
  private final DoubleSupplier unit;
  private final ConcurrentMap<String, Rehearsal> running = new ConcurrentHashMap<>();
  // what watchers know; written by rounds only
  private final ConcurrentMap<String, Rehearsal> told = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, List<Runnable>> watchers = new ConcurrentHashMap<>();

  /// @param unit draws evenly from \[0, 1): which posts meet the fault where not all do
  public Rehearsals(Spaces spaces, InstantSource clock, DoubleSupplier unit) {
    this.spaces = spaces;
    this.clock = clock;
    this.unit = unit;
    spaces.onChange(this::endOfDeleted);
  }

  // a space that is restored takes posts again, without a surprise
  private void endOfDeleted(String spaceId) {
    if (running.containsKey(spaceId) && spaces.find(spaceId).filter(s -> !s.deleted()).isEmpty()) {
      running.remove(spaceId);
    }
  }

  /// Begins a rehearsal in a living space, in place of one that goes on there. Effective with the
  /// next post.
  public Change<Rehearsal> start(Space space, Wish wish, Person actor) {
    var judged = wish.judge(clock.instant());
    judged
        .done()
        .ifPresent(rehearsal -> {
          running.put(space.id(), rehearsal);
          var target = space.name() + "/fault " + rehearsal.fault().word();
          spaces.audit(space.id(), actor, "fault.start", target);
        });
    return judged;
  }

  /// Ends the space's rehearsal, if there is one.
  public void stop(Space space, Person actor) {
    if (running.remove(space.id()) != null) {
      spaces.audit(space.id(), actor, "fault.stop", space.name() + "/fault");
    }
  }

  /// The rehearsal that goes on in a space.
  public Optional<Rehearsal> current(String spaceId) {
    var here = running.get(spaceId);
    if (here != null && here.over(clock.instant())) {
      running.remove(spaceId, here);
      return Optional.empty();
    }
    return Optional.ofNullable(here);
  }

  /// A post was admitted to this space.
  ///
  /// @return the fault that it meets; of a rehearsal of N posts exactly N meet it, whoever posts at
  ///   once
  public Optional<Fault> meet(String spaceId) {
    while (true) {
      var here = running.get(spaceId);
      if (here == null || here.over(clock.instant())) {
        return Optional.empty();
      }
      if (here.rate() < 100 && unit.getAsDouble() * 100 >= here.rate()) {
        return Optional.empty();
      }
      var after = here.met();
      if (here.equals(after)
          || (after == null
              ? running.remove(spaceId, here)
              : running.replace(spaceId, here, after))) {
        return Optional.of(here.fault());
      }
    }
  }

  /// Calls `changed` after a space's rehearsal began, went on or ended, once for all that happened
  /// since the round before. It must not block.
  public Watch watch(String spaceId, Runnable changed) {
    watchers.compute(
        spaceId,
        (_, before) -> {
          var all = before == null ? new CopyOnWriteArrayList<Runnable>() : before;
          all.add(changed);
          return all;
        });
    return () ->
        watchers.computeIfPresent(
            spaceId,
            (_, all) -> {
              all.remove(changed);
              return all.isEmpty() ? null : all;
            });
  }

  /// One round: tells watchers what has changed since the one before, the end of a time included.
  public void runOnce() {
    var ids = new HashSet<>(told.keySet());
    ids.addAll(running.keySet());
    for (var id : ids) {
      var now = current(id).orElse(null);
      var before = now == null ? told.remove(id) : told.put(id, now);
      if (!Objects.equals(before, now)) {
        watchers.getOrDefault(id, List.of()).forEach(Runnable::run);
      }
    }
  }
}
