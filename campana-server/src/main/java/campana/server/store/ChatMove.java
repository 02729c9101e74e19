package campana.server.store;

import campana.server.message.Fingerprint;
import campana.store.Buckets;
import campana.store.Move;
import campana.store.Row;
import campana.store.Tx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The chat server's tables where they are moved from the data folder. What leads to a message is
/// kept otherwise there: a trail and indexes of the log's places here, keys there. So those stay
/// behind, and what the log's end holds that was not filed yet is filed.
public final class ChatMove implements Move.Contents {
  private static final String UNFILED =
      """
      select space_id, position, thread, webhook_id, create_time, quota_state, thread_key, binds,
             request_id
        from message where entry > ? order by entry\
      """;
  private static final String HEAD =
      "select position from space_head where bucket = ? and space_id = ?";
  private static final String SET_HEAD =
      """
      insert into space_head (bucket, space_id, position, quota_state) values (?, ?, ?, ?)
      on conflict do update set position = excluded.position, quota_state = excluded.quota_state\
      """;
  private static final String SET_KEY =
      """
      insert into thread_key (bucket, space_id, key_hash, thread, bind_time) values (?, ?, ?, ?, ?)
      on conflict do update set thread = excluded.thread, bind_time = excluded.bind_time\
      """;
  private static final String SET_REQUEST =
      """
      insert into request (bucket, space_id, request_hash, position, thread, create_time)
      values (?, ?, ?, ?, ?, ?)
      on conflict do update set position = excluded.position, thread = excluded.thread,
          create_time = excluded.create_time\
      """;

  private record Unfiled(
      String spaceId,
      long position,
      long thread,
      String webhookId,
      long createTime,
      long quotaState,
      @Nullable String key,
      @Nullable String request) {
    static Unfiled of(Row row) {
      return new Unfiled(
          row.text(1),
          row.number(2),
          row.number(3),
          row.text(4),
          row.number(5),
          row.number(6),
          row.number(8) == 0 ? null : row.textOrNull(7),
          row.textOrNull(9));
    }

    int bucket() {
      return Buckets.of(spaceId);
    }

    byte[] fingerprint(String of) {
      return Fingerprint.of(spaceId, webhookId, of).bytes();
    }
  }

  @Override
  public void settle(Tx tx) {
    var heads = new HashMap<String, Unfiled>();
    var filed = new HashMap<String, Long>(); // of each space that is in the log's end
    var keys = new ArrayList<@Nullable Object[]>();
    var requests = new ArrayList<@Nullable Object[]>();
    for (var m : tx.query(UNFILED, Unfiled::of, Filing.filed(tx))) {
      if (m.position <= filed.computeIfAbsent(m.spaceId, id -> head(tx, id))) {
        continue; // filed just before the last end
      }
      heads.put(m.spaceId, m);
      if (m.key != null) {
        var key = m.fingerprint(m.key);
        keys.add(new Object[] {m.bucket(), m.spaceId, key, m.thread, m.createTime});
      }
      if (m.request != null) {
        var request = m.fingerprint(m.request);
        requests.add(
            new Object[] {m.bucket(), m.spaceId, request, m.position, m.thread, m.createTime});
      }
    }
    tx.updateAll(SET_KEY, keys);
    tx.updateAll(SET_REQUEST, requests);
    List<@Nullable Object[]> rows = new ArrayList<>();
    heads
        .values()
        .forEach(m -> rows.add(new Object[] {m.bucket(), m.spaceId, m.position, m.quotaState}));
    tx.updateAll(SET_HEAD, rows);
  }

  private static long head(Tx tx, String spaceId) {
    return tx.first(HEAD, row -> row.number(1), Buckets.of(spaceId), spaceId).orElse(0L);
  }

  @Override
  public Set<String> left() {
    return Set.of(
        "reply_at",
        "message_alias",
        "message.entry",
        "message.binds",
        "message.request_id",
        "message.previous",
        "message.jump",
        "space_head.path",
        "rehearsal", // a restart ends them here
        "duty");
  }

  @Override
  public Map<String, String> only() {
    return Map.of(
        "setting",
        "name <> '" + Filing.FILED + "'",
        "message",
        "removed_by is null or removed_by <> '" + MessageReader.SHELL + "'");
  }
}
