package campana.server.store;

import campana.server.message.Fingerprint;
import campana.server.message.Ledger;
import campana.server.message.Ledger.Place;
import campana.store.Columns;
import campana.store.Tx;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/// What the posts of one transaction want to know, read for all of them together, and what they add
/// to it. Belongs to one writer's thread.
final class Known {
  private static final String REQUESTS =
      """
      select r.request_hash, r.position, r.thread
        from unnest(?::smallint[], ?::text[], ?::bytea[]) as w (bucket, space_id, hash)
        join request r on r.bucket = w.bucket and r.space_id = w.space_id
         and r.request_hash = w.hash\
      """;

  /// Whether a message of thread t.thread stands.
  private static final String STANDS =
      """
      (exists (select 1 from message m where m.bucket = t.bucket and m.space_id = t.space_id
                  and m.position = t.thread and m.thread = t.thread and m.removed_by is null)
        or exists (select 1 from message m where m.bucket = t.bucket and m.space_id = t.space_id
                      and m.thread = t.thread and m.thread <> m.position and m.removed_by is null))\
      """;

  private static final String KEYS =
      """
      select t.key_hash, t.thread
        from unnest(?::smallint[], ?::text[], ?::bytea[]) as w (bucket, space_id, hash)
        join thread_key t on t.bucket = w.bucket and t.space_id = w.space_id
         and t.key_hash = w.hash
      """
          + " where "
          + STANDS;
  private static final String THREADS =
      """
      select t.space_id, t.thread
        from unnest(?::smallint[], ?::text[], ?::bigint[]) as t (bucket, space_id, thread)
      """
          + " where "
          + STANDS;
  private static final String TAKEN =
      """
      select m.space_id, m.message_id
        from unnest(?::smallint[], ?::text[], ?::text[]) as w (bucket, space_id, message_id)
        join message m on m.bucket = w.bucket and m.space_id = w.space_id
         and m.message_id = w.message_id\
      """;

  final Map<Fingerprint, Place> requests = new HashMap<>();
  final Map<Fingerprint, Long> keys = new HashMap<>(); // of which a message stands
  final Set<ThreadAt> threads = new HashSet<>(); // the same
  final Set<OwnId> taken = new HashSet<>();

  record ThreadAt(String spaceId, long thread) {}

  record OwnId(String spaceId, String messageId) {}

  /// Their spaces are locked.
  void read(Tx tx, List<KeyedLedger.Post> posts) {
    var asking = wanting(posts, wants -> wants.request() != null);
    if (!asking.isEmpty()) {
      tx.query(
          REQUESTS,
          row ->
              requests.put(Fingerprint.of(row.bytes(1)), new Place(row.number(2), row.number(3))),
          Columns.shorts(asking, post -> post.bucket),
          Columns.texts(asking, post -> post.spaceId),
          Columns.bytes(asking, post -> Objects.requireNonNull(post.wants.request()).bytes()));
    }
    var keyed = wanting(posts, wants -> wants.key() != null);
    if (!keyed.isEmpty()) {
      tx.query(
          KEYS,
          row -> keys.put(Fingerprint.of(row.bytes(1)), row.number(2)),
          Columns.shorts(keyed, post -> post.bucket),
          Columns.texts(keyed, post -> post.spaceId),
          Columns.bytes(keyed, post -> Objects.requireNonNull(post.wants.key()).bytes()));
    }
    var named = wanting(posts, wants -> wants.thread() > 0);
    if (!named.isEmpty()) {
      tx.query(
          THREADS,
          row -> threads.add(new ThreadAt(row.text(1), row.number(2))),
          Columns.shorts(named, post -> post.bucket),
          Columns.texts(named, post -> post.spaceId),
          Columns.longs(named, post -> post.wants.thread()));
    }
    var owning = wanting(posts, wants -> !wants.messageId().isEmpty());
    if (!owning.isEmpty()) {
      tx.query(
          TAKEN,
          row -> taken.add(new OwnId(row.text(1), row.text(2))),
          Columns.shorts(owning, post -> post.bucket),
          Columns.texts(owning, post -> post.spaceId),
          Columns.texts(owning, post -> post.wants.messageId()));
    }
  }

  private static List<KeyedLedger.Post> wanting(
      List<KeyedLedger.Post> posts, Predicate<Ledger.Wants> what) {
    return posts.stream().filter(post -> what.test(post.wants)).toList();
  }

  void clear() {
    requests.clear();
    keys.clear();
    threads.clear();
    taken.clear();
  }
}
