package campana.server.rehearsal;

import campana.server.Change;
import campana.server.people.Person;
import campana.server.space.Space;
import campana.server.space.Spaces;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/// The rehearsals that go on now. Safe for use by many threads.
///
/// What goes on is in memory, so that a post asks nobody; only a post that meets a rehearsal of so
/// many asks the store, which counts for all processes. What another process began or ended is
/// known after [#reload].
public final class Rehearsals {
  /// Ends the telling; twice is harmless.
  public interface Watch extends AutoCloseable {
    @Override
    void close();
  }

  private final Spaces spaces;
  private final RehearsalStore store;
  private final InstantSource clock;
  private final DoubleSupplier unit;
  private long changes; // guarded by this: those of this process that are committed
  private final ConcurrentMap<String, Rehearsal> running = new ConcurrentHashMap<>();
  // what watchers know; written by rounds only
  private final ConcurrentMap<String, Rehearsal> told = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, List<Runnable>> watchers = new ConcurrentHashMap<>();

  /// @param unit draws evenly from \[0, 1): which posts meet the fault where not all do
  public Rehearsals(Spaces spaces, RehearsalStore store, InstantSource clock, DoubleSupplier unit) {
    this.spaces = spaces;
    this.store = store;
    this.clock = clock;
    this.unit = unit;
    spaces.onChange(this::endOfDeleted);
    running.putAll(store.all());
  }

  /// Reads anew what goes on: another process may have begun or ended something.
  public void reload() {
    var before = changes();
    var all = store.all();
    synchronized (this) {
      if (before == changes) { // else what was read may be older than what was just changed
        running.keySet().retainAll(all.keySet());
        running.putAll(all);
      }
    }
  }

  private synchronized long changes() {
    return changes;
  }

  /// @param now what goes on there; null: nothing any more
  private synchronized void changed(String spaceId, @Nullable Rehearsal now) {
    changes++;
    if (now == null) {
      running.remove(spaceId);
    } else {
      running.put(spaceId, now);
    }
  }

  // a space that is restored takes posts again, without a surprise
  private void endOfDeleted(String spaceId) {
    if (spaces.find(spaceId).filter(s -> !s.deleted()).isEmpty() && store.remove(spaceId)) {
      changed(spaceId, null);
    }
  }

  /// Begins a rehearsal in a living space, in place of one that goes on there. Effective with the
  /// next post.
  public Change<Rehearsal> start(Space space, Wish wish, Person actor) {
    var judged = wish.judge(Instant.ofEpochMilli(clock.millis()));
    judged
        .done()
        .ifPresent(rehearsal -> {
          store.put(space.id(), rehearsal);
          changed(space.id(), rehearsal);
          var target = space.name() + "/fault " + rehearsal.fault().word();
          spaces.audit(space.id(), actor, "fault.start", target);
        });
    return judged;
  }

  /// Ends the space's rehearsal, if there is one.
  public void stop(Space space, Person actor) {
    if (store.remove(space.id())) {
      changed(space.id(), null);
      spaces.audit(space.id(), actor, "fault.stop", space.name() + "/fault");
    }
  }

  /// The rehearsal that goes on in a space.
  public Optional<Rehearsal> current(String spaceId) {
    return Optional.ofNullable(running.get(spaceId)).filter(here -> !here.over(clock.instant()));
  }

  /// A post was admitted to this space.
  ///
  /// @return the fault that it meets; of a rehearsal of N posts exactly N meet it, whoever posts at
  ///   once and to whichever process
  public Optional<Fault> meet(String spaceId) {
    var here = running.get(spaceId);
    if (here == null
        || here.over(clock.instant())
        || (here.rate() < 100 && unit.getAsDouble() * 100 >= here.rate())) {
      return Optional.empty();
    }
    if (here.left() != null) {
      var left = store.take(spaceId, here);
      met(spaceId, here, left.orElse(0));
      if (left.isEmpty()) {
        return Optional.empty();
      }
    }
    return Optional.of(here.fault());
  }

  private synchronized void met(String spaceId, Rehearsal here, int left) {
    changes++;
    running.computeIfPresent(
        spaceId,
        (_, now) -> {
          if (!now.is(here) || now.left() == null || now.left() <= left) {
            return now; // a later post was quicker here, or another rehearsal has begun
          }
          return left == 0 ? null : now.withLeft(left);
        });
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
