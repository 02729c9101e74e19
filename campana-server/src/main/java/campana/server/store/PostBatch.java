package campana.server.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import campana.server.message.Fingerprint;
import campana.server.message.Ledger;
import campana.server.message.Ledger.Place;
import campana.store.Buckets;
import campana.store.Columns;
import campana.store.Lookup;
import campana.store.Participant;
import campana.store.Tx;
import campana.store.Work;
import campana.wire.MessageReplyOption;
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
  private static final MessageReplyOption NO_OPTION =
      MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED;

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
  private static final String ADD =
      """
      insert into message (bucket, space_id, position, thread, webhook_id, create_time, content,
          thread_key, reply_option, message_id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;
  private static final String BIND =
      """
      insert into thread_key (bucket, space_id, key_hash, thread, bind_time) values (?, ?, ?, ?, ?)
      on conflict (bucket, space_id, key_hash)
      do update set thread = excluded.thread, bind_time = excluded.bind_time\
      """;
  private static final String ADD_REQUEST =
      """
      insert into request (bucket, space_id, request_hash, position, thread, create_time)
      values (?, ?, ?, ?, ?, ?)\
      """;
  private static final String MOVE =
      "update space_head set position = ?, quota_state = ? where bucket = ? and space_id = ?";

  /// Hears what is committed, in position order, on a writer's thread.
  interface Listener {
    void entered(String spaceId, Place place, Ledger.Entry entry);
  }

  private final Listener listener;
  private final Map<SpaceKey, Head> heads = new TreeMap<>(SpaceKey.ORDER);
  private final Known known = new Known();
  private final List<@Nullable Object[]> messages = new ArrayList<>();
  private final List<@Nullable Object[]> bindings = new ArrayList<>();
  private final List<@Nullable Object[]> requestRows = new ArrayList<>();
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
    if (!messages.isEmpty()) {
      tx.updateAll(ADD, messages);
      tx.updateAll(BIND, bindings);
      tx.updateAll(ADD_REQUEST, requestRows);
      tx.updateAll(
          MOVE,
          heads.values().stream()
              .filter(head -> head.moved)
              .map(head ->
                  new Object[] {head.position, head.quotaState, head.key.bucket, head.key.spaceId})
              .toList());
    }
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
    messages.clear();
    bindings.clear();
    requestRows.clear();
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
      var created = entry.createTime().toEpochMilli();
      messages.add(
          new @Nullable Object[] {
            key.bucket,
            key.spaceId,
            position,
            place.thread(),
            entry.webhookId(),
            created,
            entry.content(),
            orNull(storable(entry.threadKey())),
            entry.option() == NO_OPTION ? null : entry.option().number(),
            orNull(entry.messageId())
          });
      if (opens) {
        known.threads.add(new Known.ThreadAt(key.spaceId, position));
      }
      if (entry.binds() != null) {
        known.keys.put(entry.binds(), place.thread());
        bindings.add(
            new Object[] {key.bucket, key.spaceId, entry.binds().bytes(), place.thread(), created});
      }
      if (entry.request() != null) {
        known.requests.put(entry.request(), place);
        requestRows.add(
            new Object[] {
              key.bucket,
              key.spaceId,
              entry.request().bytes(),
              place.position(),
              place.thread(),
              created
            });
      }
      if (!entry.messageId().isEmpty()) {
        known.taken.add(new Known.OwnId(key.spaceId, entry.messageId()));
      }
      told.add(() -> listener.entered(key.spaceId, place, entry));
      return place;
    }
  }

  /// A key is any text, and PostgreSQL takes neither NUL nor half a character. This is for people
  /// to read: what leads to the thread is the fingerprint.
  private static String storable(String text) {
    return new String(text.getBytes(UTF_8), UTF_8).replace('\0', '\uFFFD');
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
