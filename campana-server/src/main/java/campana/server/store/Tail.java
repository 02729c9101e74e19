package campana.server.store;

import campana.server.message.Fingerprint;
import campana.server.message.Ledger;
import campana.server.message.Ledger.Place;
import campana.store.Participant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// What of the log is not filed yet, in memory. The writer's alone, except where said. What a
/// transaction entered is visible at once to later units, gone if it is rolled back, and shown to
/// readers when it is committed.
final class Tail implements Participant {
  /// Hears what is committed, in position order, on the writer's thread.
  interface Listener {
    void entered(Entered entered, Ledger.Entry entry);
  }

  private static final int LOOKED_AT = 2_000; // shelves at once, some tenths of a millisecond

  private final Listener listener;
  private final int most;
  private final ConcurrentMap<String, Shelf> shelves = new ConcurrentHashMap<>(); // readers too
  private final AtomicLong drops = new AtomicLong();
  private Iterator<Shelf> hand = shelves.values().iterator();
  private final ConcurrentMap<Entered.Alias, Long> aliases = new ConcurrentHashMap<>(); // readers
  private final Map<Fingerprint, Long> keys = new HashMap<>();
  private final Map<Fingerprint, Place> requests = new HashMap<>();

  private final List<New> staged = new ArrayList<>(); // in the open transaction
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private List<Entered> unfiled = new ArrayList<>(); // those that an index has to lead to
  private List<Shelf> touched = new ArrayList<>();
  private @Nullable Frozen frozen; // being filed
  private final AtomicInteger size = new AtomicInteger(); // messages since the last freeze
  private volatile int indexed; // of those, the ones in unfiled
  private long nextEntry;
  private long committedNextEntry;

  /// What is committed and to be filed.
  ///
  /// @param indexed messages that an index has to lead to
  /// @param heads how the spaces of all messages stood
  /// @param last the newest entry of all
  record Frozen(List<Entered> indexed, List<Shelf.Standing> heads, long last) {}

  private record New(Entered entered, Ledger.Entry entry) {}

  /// @param most shelves that are kept of spaces at rest
  Tail(long nextEntry, int most, Listener listener) {
    this.most = most;
    this.nextEntry = nextEntry;
    this.committedNextEntry = nextEntry;
    this.listener = listener;
  }

  @Nullable Shelf shelf(String spaceId) {
    return shelves.get(spaceId);
  }

  /// To be asked for before what is filed of a space is read, so that it can be offered.
  long drops() {
    return drops.get();
  }

  /// Any thread may offer one that it read from what is filed: a space without a shelf has nothing
  /// that is not filed, and nothing is filed for it before it has one.
  ///
  /// @param before [#drops] before the reading began: a shelf that stood there since may have left
  ///   more behind
  /// @return the one that stands, perhaps another's; null where this one may be old
  @Nullable Shelf offer(Shelf shelf, long before) {
    return shelves.compute(
        shelf.spaceId, (_, there) -> there != null ? there : drops.get() == before ? shelf : null);
  }

  /// Whether there are more shelves than are kept.
  boolean crowded() {
    return shelves() > most;
  }

  int shelves() {
    return shelves.size();
  }

  /// Drops some of the shelves that are too many, of spaces at rest: what they know is filed.
  void tidy() {
    for (var i = 0; i < LOOKED_AT && crowded(); i++) {
      if (!hand.hasNext()) {
        hand = shelves.values().iterator();
      }
      var shelf = hand.next();
      if (!shelf.touched && shelf.filedToItsEnd()) {
        shelf.dropped = true;
        drops.incrementAndGet();
        shelves.remove(shelf.spaceId, shelf);
      }
    }
  }

  /// A space that is gone for good: nobody posts there any more.
  void forget(String spaceId) {
    shelves.remove(spaceId);
  }

  long nextEntry() {
    return nextEntry;
  }

  @Nullable Long threadOfKey(Fingerprint key) {
    return keys.get(key);
  }

  @Nullable Place request(Fingerprint request) {
    return requests.get(request);
  }

  /// May be asked by readers, too; what it tells may be about to be committed.
  @Nullable Long position(Entered.Alias alias) {
    return aliases.get(alias);
  }

  /// How many messages came since the last freeze; the filer looks at it.
  int size() {
    return size.get();
  }

  /// How many of them an index has to lead to.
  int indexed() {
    return indexed;
  }

  void enter(Entered entered, Ledger.Entry entry) {
    entered.shelf().enter(entered.step(), entered.thread(), entered.quotaState());
    nextEntry = entered.entry() + 1;
    staged.add(new New(entered, entry));
    index(entered);
  }

  private void index(Entered entered) {
    var key = entered.binds();
    if (key != null) {
      var before = keys.put(key, entered.thread());
      undo.push(() -> restore(keys, key, before));
    }
    var request = entered.request();
    if (request != null) {
      var before = requests.put(request, new Place(entered.position(), entered.thread()));
      undo.push(() -> restore(requests, request, before));
    }
    if (!entered.messageId().isEmpty()) {
      aliases.put(entered.alias(), entered.position());
      undo.push(() -> aliases.remove(entered.alias()));
    }
  }

  private static <V> void restore(
      Map<Fingerprint, V> map, Fingerprint fingerprint, @Nullable V before) {
    if (before == null) {
      map.remove(fingerprint);
    } else {
      map.put(fingerprint, before);
    }
  }

  /// At a start: a message that is in the log and was not filed.
  void recovered(Entered entered) {
    entered.shelf().enter(entered.step(), entered.thread(), entered.quotaState());
    index(entered);
    undo.clear();
    keep(entered);
    size.incrementAndGet();
    indexed = unfiled.size();
  }

  private void keep(Entered entered) {
    var shelf = entered.shelf();
    shelf.commit();
    if (!shelf.touched) {
      shelf.touched = true;
      touched.add(shelf);
    }
    if (entered.indexed()) {
      unfiled.add(entered);
    }
  }

  @Override
  public void committed() {
    committedNextEntry = nextEntry;
    undo.clear();
    for (var entering : staged) {
      keep(entering.entered());
      listener.entered(entering.entered(), entering.entry());
    }
    size.addAndGet(staged.size());
    indexed = unfiled.size();
    staged.clear();
  }

  @Override
  public void rolledBack() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
    staged.forEach(entering -> entering.entered().shelf().rollBack());
    nextEntry = committedNextEntry;
    staged.clear();
  }

  /// Sets aside what is committed, to be filed; the same again until [#thawed].
  Frozen freeze() {
    if (frozen == null) {
      touched.forEach(shelf -> shelf.touched = false);
      var heads = touched.stream().map(Shelf::standing).toList();
      frozen = new Frozen(unfiled, heads, committedNextEntry - 1);
      unfiled = new ArrayList<>();
      touched = new ArrayList<>();
      size.set(0);
      indexed = 0;
    }
    return frozen;
  }

  /// A part of the frozen messages is filed: look-ups find it there.
  void filed(List<Entered> part) {
    for (var entered : part) {
      if (entered.binds() != null) {
        keys.remove(entered.binds(), entered.thread()); // bound anew since: the new one stays
      }
      if (entered.request() != null) {
        requests.remove(entered.request(), new Place(entered.position(), entered.thread()));
      }
      if (!entered.messageId().isEmpty()) {
        aliases.remove(entered.alias());
      }
    }
  }

  void thawed() {
    frozen = null;
  }
}
