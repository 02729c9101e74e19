package campana.server.store;

import static campana.wire.MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED;

import campana.server.message.Ledger;
import campana.server.message.Ledger.Place;
import campana.store.Columns;
import campana.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows that the posts of one transaction become, written together at its end. Belongs to one
/// writer's thread.
final class PostRows {
  private static final String ADD =
      """
      insert into message (bucket, space_id, position, thread, webhook_id, create_time, content,
          quota_state)
      select * from unnest(?::smallint[], ?::text[], ?::bigint[], ?::bigint[], ?::text[],
          ?::bigint[], ?::bytea[], ?::bigint[])\
      """;
  private static final String ADD_FULL =
      """
      insert into message (bucket, space_id, position, thread, webhook_id, create_time, content,
          quota_state, thread_key, reply_option, message_id)
      select bucket, space_id, position, thread, webhook_id, create_time, content, quota_state,
             nullif(thread_key, ''), nullif(reply_option, 0), nullif(message_id, '')
        from unnest(?::smallint[], ?::text[], ?::bigint[], ?::bigint[], ?::text[], ?::bigint[],
            ?::bytea[], ?::bigint[], ?::text[], ?::smallint[], ?::text[])
          as w (bucket, space_id, position, thread, webhook_id, create_time, content, quota_state,
              thread_key, reply_option, message_id)\
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

  /// Citus does not send rows from a query to one node.
  private static final String ADD_THERE =
      """
      insert into message (bucket, space_id, position, thread, webhook_id, create_time, content,
          quota_state, thread_key, reply_option, message_id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)\
      """;

  private final List<Added> added = new ArrayList<>();

  /// The same everywhere, so that no two transactions wait for one another.
  private static final Comparator<Added> ORDER =
      Comparator.comparingInt(Added::bucket)
          .thenComparing(Added::spaceId)
          .thenComparingLong(row -> row.place.position());

  private record Added(int bucket, String spaceId, Place place, Ledger.Entry entry) {
    boolean plain() {
      return entry.threadKey().isEmpty()
          && entry.option() == MESSAGE_REPLY_OPTION_UNSPECIFIED
          && entry.messageId().isEmpty();
    }

    long created() {
      return entry.createTime().toEpochMilli();
    }

    @Nullable Object[] row() {
      return new @Nullable Object[] {
        bucket,
        spaceId,
        place.position(),
        place.thread(),
        entry.webhookId(),
        created(),
        entry.content(),
        entry.quotaState(),
        orNull(entry.threadKey()),
        entry.option() == MESSAGE_REPLY_OPTION_UNSPECIFIED ? null : entry.option().number(),
        orNull(entry.messageId())
      };
    }

    private static @Nullable String orNull(String text) {
      return text.isEmpty() ? null : text;
    }
  }

  void add(int bucket, String spaceId, Place place, Ledger.Entry entry) {
    added.add(new Added(bucket, spaceId, place, entry));
  }

  void clear() {
    added.clear();
  }

  /// Messages first: where another process took a position meanwhile, nothing else is tried.
  void write(Tx tx) {
    if (added.isEmpty()) {
      return;
    }
    added.sort(ORDER);
    tx.contested();
    if (tx.spread()) {
      tx.updateAll(ADD_THERE, added.stream().map(Added::row).toList());
    } else {
      addAll(tx);
    }
    var bindings = new ArrayList<@Nullable Object[]>();
    var requests = new ArrayList<@Nullable Object[]>();
    for (var row : added) {
      var binds = row.entry.binds();
      if (binds != null) {
        bindings.add(
            new Object[] {
              row.bucket, row.spaceId, binds.bytes(), row.place.thread(), row.created()
            });
      }
      var request = row.entry.request();
      if (request != null) {
        requests.add(
            new Object[] {
              row.bucket,
              row.spaceId,
              request.bytes(),
              row.place.position(),
              row.place.thread(),
              row.created()
            });
      }
    }
    tx.updateAll(BIND, bindings);
    tx.updateAll(ADD_REQUEST, requests);
  }

  private void addAll(Tx tx) {
    var args = new ArrayList<Object>();
    args.add(Columns.shorts(added, Added::bucket));
    args.add(Columns.texts(added, Added::spaceId));
    args.add(Columns.longs(added, row -> row.place.position()));
    args.add(Columns.longs(added, row -> row.place.thread()));
    args.add(Columns.texts(added, row -> row.entry.webhookId()));
    args.add(Columns.longs(added, Added::created));
    args.add(Columns.bytes(added, row -> row.entry.content()));
    args.add(Columns.longs(added, row -> row.entry.quotaState()));
    if (added.stream().allMatch(Added::plain)) {
      tx.updateLast(ADD, args.toArray());
      return;
    }
    args.add(Columns.texts(added, row -> row.entry.threadKey()));
    args.add(Columns.shorts(added, row -> row.entry.option().number()));
    args.add(Columns.texts(added, row -> row.entry.messageId()));
    tx.updateLast(ADD_FULL, args.toArray());
  }
}
