package campana.server.store;

import campana.server.message.Fingerprint;
import campana.server.message.Ledger;
import campana.server.message.Ledger.Place;
import campana.store.Columns;
import campana.store.Lookup;
import campana.store.Participant;
import campana.store.Tx;
import campana.store.Work;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The posts of one transaction of one writer. What they want is read for all of them at once; they
/// are decided in memory, in order of arrival, and written together. So a batch takes a few round
/// trips, however many posts are in it.
///
/// Nothing is locked. A message takes its space's next position, which the table gives away once:
/// where another process was there first the whole batch is void and runs again on what is there
/// then, the spaces' heads locked, in one order everywhere. So whatever a batch entered by is as
/// true at its commit as when it was read; and where a space ends need not be read at all while
/// only this process posts there.
final class PostBatch implements Participant {
  private static final Lookup LOCK =
      new Lookup(
          """
          select h.space_id from unnest(?::smallint[], ?::text[]) as w (bucket, space_id)
            join space_head h on h.bucket = w.bucket and h.space_id = w.space_id
           order by h.bucket, h.space_id for update of h\
          """,
          """
          select space_id from space_head
           where space_id = any(?::text[]) and bucket = ? order by space_id for update\
          """,
          1);
  private static final String BEGIN =
      """
      insert into space_head (bucket, space_id, position, quota_state) values (?, ?, 0, 0)
          on conflict do nothing\
      """;
  private static final int REMEMBERED = 65_536; // spaces, some 150 bytes each

  /// Of what others posted since, nothing is old enough to be deleted before this has passed: a
  /// position is taken as long as its message is there.
  private static final Duration REMEMBERED_FOR = Duration.ofMinutes(1);

  /// The youngest that a message may be when it is deleted for its age.
  static final Duration YOUNG = Duration.ofMinutes(5);

  private static final int WARY = 1_000; // commits

  /// Hears what is committed, in position order, on a writer's thread.
  interface Listener {
    void entered(String spaceId, Place place, Ledger.Entry entry);
  }

  private final Listener listener;
  private final InstantSource clock;
  private final Map<SpaceKey, Head> heads = new TreeMap<>(SpaceKey.ORDER);
  private final Known known = new Known();
  private final PostRows rows = new PostRows();
  private final List<Runnable> told = new ArrayList<>();

  /// Where spaces end, by what this writer committed last.
  private final Map<SpaceKey, Remembered> ends =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<SpaceKey, Remembered> eldest) {
          return size() > REMEMBERED;
        }
      };

  private boolean again; // the batch before was void
  private int wary; // so many commits until what is committed is remembered

  /// @param at when it was committed, or a little before
  private record Remembered(Ends.End end, Instant at) {}

  private record SpaceKey(int bucket, String spaceId) {
    static final Comparator<SpaceKey> ORDER =
        Comparator.comparingInt(SpaceKey::bucket).thenComparing(SpaceKey::spaceId);
  }

  /// @param clock that creates messages
  PostBatch(Listener listener, InstantSource clock) {
    this.clock = clock;
    this.listener = listener;
  }

  @Override
  public void begun(Tx tx, List<Work<?>> units) {
    var posts = new ArrayList<KeyedLedger.Post>();
    for (var unit : units) {
      if (unit instanceof KeyedLedger.Post post) {
        posts.add(post);
      }
    }
    if (posts.isEmpty()) {
      return;
    }
    for (var post : posts) {
      post.on(heads.computeIfAbsent(new SpaceKey(post.bucket, post.spaceId), Head::new));
    }
    if (again) {
      lock(tx);
    }
    readEnds(tx);
    known.read(tx, posts); // after the ends: what is newer than they are cannot be entered by
  }

  private void readEnds(Tx tx) {
    var since = clock.instant().minus(REMEMBERED_FOR);
    var unknown = new HashMap<String, Head>();
    for (var head : heads.values()) {
      var remembered = ends.get(head.key);
      if (remembered == null || remembered.at.isBefore(since)) {
        unknown.put(head.key.spaceId, head);
      } else {
        head.at(remembered.end);
      }
    }
    for (var end : Ends.of(tx, unknown.keySet())) {
      Objects.requireNonNull(unknown.get(end.spaceId())).at(end);
    }
  }

  private void lock(Tx tx) {
    if (lockThere(tx) < heads.size()) { // a space's first post
      tx.updateAll(
          BEGIN,
          heads.keySet().stream()
              .map(key -> new @Nullable Object[] {key.bucket, key.spaceId})
              .toList());
      lockThere(tx);
    }
  }

  private int lockThere(Tx tx) {
    return LOCK.query(
            tx,
            row -> row.text(1),
            heads.keySet(),
            SpaceKey::bucket,
            some -> Columns.texts(some, SpaceKey::spaceId))
        .size();
  }

  @Override
  public void beforeCommit(Tx tx) {
    rows.write(tx);
  }

  /// One after the other: the batches of one writer commit in order, and a space has one writer in
  /// this process.
  @Override
  public void committed() {
    told.forEach(Runnable::run);
    again = false;
    if (wary > 0) {
      wary--;
    } else {
      heads.values().stream()
          .filter(head -> head.moved)
          .forEach(head -> ends.put(head.key, new Remembered(head.end(), head.entered)));
    }
    clear();
  }

  /// Perhaps as others post here, too: then what is remembered is soon wrong again.
  @Override
  public void rolledBack() {
    ends.clear();
    again = true;
    wary = WARY;
    clear();
  }

  private void clear() {
    heads.clear();
    known.clear();
    rows.clear();
    told.clear();
  }

  /// A space's end, and what was entered since.
  private final class Head implements Ledger.Sheet {
    private final SpaceKey key;
    private long position;
    private long quotaState;
    private boolean moved;
    private Instant entered = Instant.MIN;

    Head(SpaceKey key) {
      this.key = key;
    }

    void at(Ends.End end) {
      position = end.position();
      quotaState = end.quotaState();
    }

    Ends.End end() {
      return new Ends.End(key.spaceId, position, quotaState);
    }

    @Override
    public @Nullable Place request(Fingerprint request) {
      return known.requests.get(request);
    }

    @Override
    public long threadOfKey(Fingerprint fingerprint) {
      return known.keys.getOrDefault(fingerprint, 0L);
    }

    @Override
    public boolean threadStands(long thread) {
      return known.threads.contains(new Known.ThreadAt(key.spaceId, thread));
    }

    @Override
    public boolean messageIdTaken(String messageId) {
      return known.taken.contains(new Known.OwnId(key.spaceId, messageId));
    }

    @Override
    public long quotaState() {
      return quotaState;
    }

    @Override
    public Place enter(Ledger.Entry entry) {
      position++;
      moved = true;
      entered = entry.createTime();
      quotaState = entry.quotaState();
      var opens = entry.thread() == 0;
      var place = new Place(position, opens ? position : entry.thread());
      rows.add(key.bucket, key.spaceId, place, entry);
      if (opens) {
        known.threads.add(new Known.ThreadAt(key.spaceId, position));
      }
      if (entry.binds() != null) {
        known.keys.put(entry.binds(), place.thread());
      }
      if (entry.request() != null) {
        known.requests.put(entry.request(), place);
      }
      if (!entry.messageId().isEmpty()) {
        known.taken.add(new Known.OwnId(key.spaceId, entry.messageId()));
      }
      told.add(() -> listener.entered(key.spaceId, place, entry));
      return place;
    }
  }
}
