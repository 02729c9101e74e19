package campana.server.store;

import campana.server.message.Fingerprint;
import campana.server.message.Ledger;
import campana.server.message.Ledger.Place;
import campana.server.store.KeyedLedger.Post;
import campana.store.Columns;
import campana.store.Lookup;
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
  private static final Lookup REQUESTS =
      new Lookup(
          """
          select r.request_hash, r.position, r.thread
            from unnest(?::smallint[], ?::text[], ?::bytea[]) as w (bucket, space_id, hash)
            join request r on r.bucket = w.bucket and r.space_id = w.space_id
             and r.request_hash = w.hash\
          """,
          """
          select r.request_hash, r.position, r.thread
            from unnest(?::text[], ?::bytea[]) as w (space_id, hash)
            join request r on r.space_id = w.space_id and r.request_hash = w.hash
           where r.bucket = ?\
          """,
          1);

  /// Whether a message of thread t.thread stands.
  private static final String STANDS =
      """
      (exists (select 1 from message m where m.bucket = t.bucket and m.space_id = t.space_id
                  and m.position = t.thread and m.thread = t.thread and m.removed_by is null)
        or exists (select 1 from message m where m.bucket = t.bucket and m.space_id = t.space_id
                      and m.thread = t.thread and m.thread <> m.position and m.removed_by is null))\
      """;

  private static final String STANDS_THERE =
      """
      (exists (select 1 from message m where m.space_id = t.space_id
                  and m.position = t.thread and m.thread = t.thread and m.removed_by is null
                  and m.bucket = ?)
        or exists (select 1 from message m where m.space_id = t.space_id
                      and m.thread = t.thread and m.thread <> m.position and m.removed_by is null
                      and m.bucket = ?))\
      """;

  private static final Lookup KEYS =
      new Lookup(
          """
          select t.key_hash, t.thread
            from unnest(?::smallint[], ?::text[], ?::bytea[]) as w (bucket, space_id, hash)
            join thread_key t on t.bucket = w.bucket and t.space_id = w.space_id
             and t.key_hash = w.hash
          """
              + " where "
              + STANDS,
          """
          select t.key_hash, t.thread from unnest(?::text[], ?::bytea[]) as w (space_id, hash)
            join thread_key t on t.space_id = w.space_id and t.key_hash = w.hash
           where t.bucket = ? and\
          """
              + STANDS_THERE,
          3);
  private static final Lookup THREADS =
      new Lookup(
          """
          select t.space_id, t.thread
            from unnest(?::smallint[], ?::text[], ?::bigint[]) as t (bucket, space_id, thread)
          """
              + " where "
              + STANDS,
          """
          select t.space_id, t.thread from unnest(?::text[], ?::bigint[]) as t (space_id, thread)
           where\
          """
              + STANDS_THERE,
          2);
  private static final Lookup TAKEN =
      new Lookup(
          """
          select m.space_id, m.message_id
            from unnest(?::smallint[], ?::text[], ?::text[]) as w (bucket, space_id, message_id)
            join message m on m.bucket = w.bucket and m.space_id = w.space_id
             and m.message_id = w.message_id\
          """,
          """
          select m.space_id, m.message_id
            from unnest(?::text[], ?::text[]) as w (space_id, message_id)
            join message m on m.space_id = w.space_id and m.message_id = w.message_id
           where m.bucket = ?\
          """,
          1);

  final Map<Fingerprint, Place> requests = new HashMap<>();
  final Map<Fingerprint, Long> keys = new HashMap<>(); // of which a message stands
  final Set<ThreadAt> threads = new HashSet<>(); // the same
  final Set<OwnId> taken = new HashSet<>();

  record ThreadAt(String spaceId, long thread) {}

  record OwnId(String spaceId, String messageId) {}

  /// After it was read where their spaces end.
  void read(Tx tx, List<Post> posts) {
    REQUESTS.query(
        tx,
        row -> requests.put(Fingerprint.of(row.bytes(1)), new Place(row.number(2), row.number(3))),
        wanting(posts, wants -> wants.request() != null),
        Post::bucket,
        Known::spaces,
        asking ->
            Columns.bytes(asking, post -> Objects.requireNonNull(post.wants.request()).bytes()));
    KEYS.query(
        tx,
        row -> keys.put(Fingerprint.of(row.bytes(1)), row.number(2)),
        wanting(posts, wants -> wants.key() != null),
        Post::bucket,
        Known::spaces,
        keyed -> Columns.bytes(keyed, post -> Objects.requireNonNull(post.wants.key()).bytes()));
    THREADS.query(
        tx,
        row -> threads.add(new ThreadAt(row.text(1), row.number(2))),
        wanting(posts, wants -> wants.thread() > 0),
        Post::bucket,
        Known::spaces,
        named -> Columns.longs(named, post -> post.wants.thread()));
    TAKEN.query(
        tx,
        row -> taken.add(new OwnId(row.text(1), row.text(2))),
        wanting(posts, wants -> !wants.messageId().isEmpty()),
        Post::bucket,
        Known::spaces,
        owning -> Columns.texts(owning, post -> post.wants.messageId()));
  }

  private static Object spaces(List<Post> posts) {
    return Columns.texts(posts, post -> post.spaceId);
  }

  private static List<Post> wanting(List<Post> posts, Predicate<Ledger.Wants> what) {
    return posts.stream().filter(post -> what.test(post.wants)).toList();
  }

  void clear() {
    requests.clear();
    keys.clear();
    threads.clear();
    taken.clear();
  }
}
