package campana.server.webhook;

import campana.server.space.SpaceIds;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Keeps the doors of many spaces in memory. What is there is never older than the last change that
/// was answered: [#changed] drops it, and what was read before a change and comes after it is not
/// kept.
final class Doorkeeper {
  private static final int MOST_DOUBTS = 64; // reads between two looks that strangers may cause

  private final DoorStore store;
  private final long most;
  private final ConcurrentHashMap<String, Doors> known = new ConcurrentHashMap<>();
  private final Set<String> doubted = ConcurrentHashMap.newKeySet();
  private volatile int doubts; // none before the first look: nobody else changes anything
  private final AtomicLong changes = new AtomicLong();
  private final AtomicLong weight = new AtomicLong(); // of what is known
  private Iterator<Doors> hand = known.values().iterator(); // guarded by this

  /// @param most how many spaces and webhooks are kept, both counted; beyond, others go for what
  ///   comes
  Doorkeeper(DoorStore store, long most) {
    this.store = store;
    this.most = most;
  }

  private static int weight(Doors doors) {
    return 1 + doors.webhooks().size();
  }

  /// Null where there is no such space. That is kept nowhere: an unknown id costs a look each time,
  /// and no room.
  @Nullable Doors of(String spaceId) {
    var doors = known.get(spaceId);
    if (doors == null && SpaceIds.wellFormed(spaceId)) {
      var before = changes.get();
      doors = store.doors(spaceId).orElse(null);
      if (doors != null) {
        keep(doors, before);
      }
    }
    return doors;
  }

  /// Reads the space's doors once more, as what is known here lets somebody in no more than a wrong
  /// token would, and another process may have made his webhook since the last look. Once a space
  /// and look, and for few spaces, so that wrong tokens cost the database next to nothing.
  ///
  /// @param known what stays the answer where that is not to be done
  @Nullable Doors again(String spaceId, Doors known) {
    if (doubted.size() >= doubts || !doubted.add(spaceId)) {
      return known;
    }
    drop(known);
    return of(spaceId);
  }

  /// Call it after the change is committed and before it is answered.
  void changed(String spaceId) {
    changes.incrementAndGet();
    var gone = known.remove(spaceId);
    if (gone != null) {
      weight.addAndGet(-weight(gone));
    }
    store.tell(spaceId);
  }

  /// Drops what other processes may have changed.
  void look() {
    var changed = store.changed();
    changes.incrementAndGet();
    changed.ifPresent(those -> {
      for (var doors : known.values()) {
        if (those.test(doors.space().id())) {
          drop(doors);
        }
      }
    });
    doubted.clear();
    doubts = MOST_DOUBTS;
  }

  /// Reads the next spaces, in the store's own order, before anybody asks for them.
  ///
  /// @param after the last one of the call before, at first empty
  /// @return which ones; none at the end, or when there is no more room
  List<String> remember(String after, int limit) {
    if (weight.get() + 2L * limit > most) { // with a webhook each
      return List.of();
    }
    var before = changes.get();
    var page = store.doorsAfter(after, limit);
    page.forEach(doors -> keep(doors, before));
    return page.stream().map(doors -> doors.space().id()).toList();
  }

  int size() {
    return known.size();
  }

  /// @param before the changes that had been told of when the reading began
  private void keep(Doors doors, long before) {
    known.compute(
        doors.space().id(),
        (_, there) -> {
          if (there != null || changes.get() != before) {
            return there;
          }
          weight.addAndGet(weight(doors));
          return doors;
        });
    while (weight.get() > most && dropOne()) {
      // the next one
    }
  }

  private void drop(Doors doors) {
    if (known.remove(doors.space().id(), doors)) {
      weight.addAndGet(-weight(doors));
    }
  }

  /// @return false where there is none
  private synchronized boolean dropOne() {
    if (!hand.hasNext()) {
      hand = known.values().iterator();
    }
    var any = hand.hasNext();
    if (any) {
      drop(hand.next());
    }
    return any;
  }
}
