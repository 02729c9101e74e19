package campana.server.store;

import campana.server.message.Fingerprint;
import campana.server.message.Ledger;
import campana.server.message.Ledger.Place;
import campana.store.Buckets;
import campana.store.Columns;
import campana.store.Lookup;
import campana.store.Participant;
import campana.store.Tx;
import campana.store.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The posts of one transaction of one writer: their spaces' heads are locked, in one order
/// everywhere, then what they want is read for all of them at once. They are decided in memory, in
/// order of arrival, and written together. So a batch takes a few round trips, however many posts
/// are in it.
final class PostBatch implements Participant {
  private static final Lookup LOCK =
      new Lookup(
          """
          select h.space_id, h.position, h.quota_state
            from unnest(?::smallint[], ?::text[]) as w (bucket, space_id)
            join space_head h on h.bucket = w.bucket and h.space_id = w.space_id
           order by h.bucket, h.space_id for update of h\
          """,
          """
          select space_id, position, quota_state from space_head
           where space_id = any(?::text[]) and bucket = ? order by space_id for update\
          """,
          1);
  private static final String BEGIN =
      """
      insert into space_head (bucket, space_id, position, quota_state) values (?, ?, 0, 0)
          on conflict do nothing\
      """;

  /// Hears what is committed, in position order, on a writer's thread.
  interface Listener {
    void entered(String spaceId, Place place, Ledger.Entry entry);
  }

  private final Listener listener;
  private final Map<SpaceKey, Head> heads = new TreeMap<>(SpaceKey.ORDER);
  private final Known known = new Known();
  private final PostRows rows = new PostRows();
  private final List<Runnable> told = new ArrayList<>();

  private record SpaceKey(int bucket, String spaceId) {
    static final Comparator<SpaceKey> ORDER =
        Comparator.comparingInt(SpaceKey::bucket).thenComparing(SpaceKey::spaceId);
  }

  PostBatch(Listener listener) {
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
    if (!posts.isEmpty()) {
      lock(tx, posts);
      known.read(tx, posts);
    }
  }

  /// In one order everywhere, so that no two batches wait for one another.
  private void lock(Tx tx, List<KeyedLedger.Post> posts) {
    for (var post : posts) {
      post.on(heads.computeIfAbsent(new SpaceKey(post.bucket, post.spaceId), Head::new));
    }
    if (lockThere(tx) < heads.size()) { // a space's first post
      tx.updateAll(
          BEGIN,
          heads.values().stream()
              .filter(head -> !head.locked)
              .map(head -> new @Nullable Object[] {head.key.bucket, head.key.spaceId})
              .toList());
      lockThere(tx);
    }
  }

  private int lockThere(Tx tx) {
    return LOCK.query(
            tx,
            row -> {
              var spaceId = row.text(1);
              var head =
                  Objects.requireNonNull(heads.get(new SpaceKey(Buckets.of(spaceId), spaceId)));
              head.lock(row.number(2), row.number(3));
              return head;
            },
            heads.values(),
            head -> head.key.bucket,
            some -> Columns.texts(some, head -> head.key.spaceId))
        .size();
  }

  @Override
  public void beforeCommit(Tx tx) {
    rows.write(
        tx,
        heads.values().stream()
            .filter(head -> head.moved)
            .map(head ->
                new PostRows.End(head.key.bucket, head.key.spaceId, head.position, head.quotaState))
            .toList());
  }

  /// One after the other: the batches of one writer commit in order, and a space has one writer in
  /// this process.
  @Override
  public void committed() {
    told.forEach(Runnable::run);
    clear();
  }

  @Override
  public void rolledBack() {
    clear();
  }

  private void clear() {
    heads.clear();
    known.clear();
    rows.clear();
    told.clear();
  }

  /// A space's end, locked, and what was entered since.
  private final class Head implements Ledger.Sheet {
    private final SpaceKey key;
    private long position;
    private long quotaState;
    private boolean locked;
    private boolean moved;

    Head(SpaceKey key) {
      this.key = key;
    }

    void lock(long lastPosition, long lastQuotaState) {
      position = lastPosition;
      quotaState = lastQuotaState;
      locked = true;
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
