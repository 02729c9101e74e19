package campana.server.store;

import campana.server.message.Fingerprint;
import campana.server.message.Ledger;
import campana.server.message.Ledger.Place;
import campana.store.Participant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The end of the log that is not filed yet, in memory. The writer's alone, except where said. What
/// a transaction entered is visible at once to later units of the same transaction, and gone if it
/// is rolled back.
final class Tail implements Participant {
  /// Hears what each commit entered, in position order, on the writer's thread.
  interface Listener {
    void entered(Entered entered, Ledger.Entry entry);
  }

  private final Listener listener;
  private final ConcurrentMap<String, Shelf> shelves = new ConcurrentHashMap<>(); // readers too
  private final ConcurrentMap<Entered.Alias, Long> aliases = new ConcurrentHashMap<>(); // readers
  private final Map<Fingerprint, Long> keys = new HashMap<>();
  private final Map<Fingerprint, Place> requests = new HashMap<>();

  private final List<Entered> staged = new ArrayList<>(); // in the open transaction
  private final List<Ledger.Entry> stagedEntries = new ArrayList<>(); // one for each of those
  private final Deque<Runnable> undo = new ArrayDeque<>();
  private List<Entered> unfiled = new ArrayList<>();
  private @Nullable List<Entered> frozen; // being filed
  private volatile int size; // of unfiled; the filer looks at it
  private long nextEntry;
  private long committedNextEntry;

  Tail(long nextEntry, Listener listener) {
    this.nextEntry = nextEntry;
    this.committedNextEntry = nextEntry;
    this.listener = listener;
  }

  @Nullable Shelf shelf(String spaceId) {
    return shelves.get(spaceId);
  }

  /// Any thread may offer one that it read from the indexes: a space without a shelf has nothing
  /// that is not filed, and nothing is filed for it before it has one.
  ///
  /// @return the one that stands, perhaps another's
  Shelf offer(Shelf shelf) {
    var there = shelves.putIfAbsent(shelf.spaceId, shelf);
    return there == null ? shelf : there;
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

  int size() {
    return size;
  }

  void enter(Entered entered, Ledger.Entry entry) {
    entered.shelf().enter(entered.entry(), entered.thread(), entered.quotaState());
    nextEntry = entered.entry() + 1;
    staged.add(entered);
    stagedEntries.add(entry);
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
    entered.shelf().enter(entered.entry(), entered.thread(), entered.quotaState());
    entered.shelf().commit();
    index(entered);
    undo.clear();
    unfiled.add(entered);
    size = unfiled.size();
  }

  @Override
  public void committed() {
    if (staged.isEmpty()) {
      return;
    }
    for (var entered : staged) {
      entered.shelf().commit();
    }
    unfiled.addAll(staged);
    size = unfiled.size();
    committedNextEntry = nextEntry;
    undo.clear();
    for (var i = 0; i < staged.size(); i++) {
      listener.entered(staged.get(i), stagedEntries.get(i));
    }
    staged.clear();
    stagedEntries.clear();
  }

  @Override
  public void rolledBack() {
    while (!undo.isEmpty()) {
      undo.pop().run();
    }
    for (var entered : staged) {
      entered.shelf().rollBack();
    }
    nextEntry = committedNextEntry;
    staged.clear();
    stagedEntries.clear();
  }

  /// Sets aside what is committed, to be filed; the same again until [#thawed].
  List<Entered> freeze() {
    if (frozen == null) {
      frozen = unfiled;
      unfiled = new ArrayList<>();
      size = 0;
    }
    return frozen;
  }

  /// A part of the frozen ones is filed and on disk: look-ups find it there.
  void filed(List<Entered> part) {
    for (var entered : part) {
      entered.shelf().filed(entered.position());
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
