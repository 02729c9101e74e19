package campana.server.store;

import campana.store.Database;
import campana.store.StoreBusy;
import campana.store.StoreFailure;
import campana.store.Tx;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/// Enters what the log's end holds into the indexes: sorted, so that each page of an index is
/// touched once for many messages, and in parts, so that posts go in between. A message is filed
/// within seconds; until then the [Tail] answers for it, and after a crash the log is read again.
final class Filing implements AutoCloseable {
  private static final int PART = 500; // a few milliseconds of the writer

  // The more at a time, the more of them share an index page, and the longer a start after a kill
  // reads: a second or two for this many.
  private static final int MANY = 400_000;
  private static final long ROUND_NANOS = 10_000_000_000L;
  private static final long LOOK_NANOS = 250_000_000L;

  private static final String FILED = "messages.filed";
  private static final String SETTING = "select value from setting where name = ?";
  private static final String SET =
      """
      insert into setting (name, value) values (?, ?)
      on conflict (name) do update set value = excluded.value\
      """;
  private static final String NOT_AGAIN = "on conflict do nothing";

  private final ManyRows messageAt =
      new ManyRows("insert into message_at (bucket, space_id, position, entry)", 4, NOT_AGAIN);
  private final ManyRows replyAt =
      new ManyRows(
          "insert into reply_at (bucket, space_id, thread, position, entry)", 5, NOT_AGAIN);
  private final ManyRows keys =
      new ManyRows(
          "insert into thread_key (bucket, space_id, key_hash, thread, bind_time)",
          5,
          "on conflict do update set thread = excluded.thread, bind_time = excluded.bind_time");
  private final ManyRows requests =
      new ManyRows(
          "insert into request (bucket, space_id, request_hash, position, thread, create_time)",
          6,
          """
          on conflict do update set position = excluded.position, thread = excluded.thread,
              create_time = excluded.create_time\
          """);
  private final ManyRows aliases =
      new ManyRows(
          "insert into message_alias (bucket, space_id, message_id, position)", 4, NOT_AGAIN);
  private final List<ManyRows> all = List.of(messageAt, replyAt, keys, requests, aliases);

  private final Database database;
  private final Tail tail;
  private final Thread thread;
  private volatile boolean closing;

  Filing(Database database, Tail tail) {
    this.database = database;
    this.tail = tail;
    // of its own: sorting would hold a carrier of the connections
    this.thread = Thread.ofPlatform().name("filing").daemon().unstarted(this::run);
  }

  /// Up to which entry everything is filed.
  static long filed(Tx tx) {
    return tx.first(SETTING, row -> Long.parseLong(row.text(1)), FILED).orElse(0L);
  }

  void start() {
    thread.start();
  }

  private void run() {
    var waited = 0L;
    while (!closing) {
      LockSupport.parkNanos(this, LOOK_NANOS);
      waited += LOOK_NANOS;
      if (!closing && tail.size() > 0 && (waited >= ROUND_NANOS || tail.size() >= MANY)) {
        waited = 0;
        try {
          fileAll();
        } catch (StoreBusy | StoreFailure e) {
          waited = -ROUND_NANOS; // a full disk: the log's end stays in memory, later is soon enough
        }
      }
    }
  }

  /// Files all that is committed when it is called.
  synchronized void fileAll() {
    var frozen = database.write(_ -> tail.freeze());
    var sorted = new ArrayList<>(frozen);
    sorted.sort(Entered.FILING_ORDER);
    for (var from = 0; from < sorted.size(); from += PART) {
      var part = sorted.subList(from, Math.min(from + PART, sorted.size()));
      database.write(tx -> {
        file(tx, part);
        tx.afterCommit(() -> tail.filed(part));
        return part.size();
      });
    }
    database.write(tx -> {
      if (!frozen.isEmpty()) {
        tx.update(SET, FILED, Long.toString(frozen.getLast().entry()));
      }
      tx.afterCommit(tail::thawed);
      return true;
    });
  }

  private void file(Tx tx, List<Entered> part) {
    all.forEach(ManyRows::clear); // of a part that failed
    for (var e : part) {
      var bucket = e.shelf().bucket;
      var space = e.shelf().spaceId;
      messageAt.add(tx, bucket, space, e.position(), e.entry());
      if (e.reply()) {
        replyAt.add(tx, bucket, space, e.thread(), e.position(), e.entry());
      }
      if (e.binds() != null) {
        keys.add(tx, bucket, space, e.binds().bytes(), e.thread(), e.createTime());
      }
      if (e.request() != null) {
        var hash = e.request().bytes();
        requests.add(tx, bucket, space, hash, e.position(), e.thread(), e.createTime());
      }
      if (!e.messageId().isEmpty()) {
        aliases.add(tx, bucket, space, e.messageId(), e.position());
      }
    }
    all.forEach(rows -> rows.flush(tx));
  }

  /// Files what is left and ends.
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      fileAll();
      if (tail.size() > 0) { // the first round may only have ended an earlier one
        fileAll();
      }
    } catch (StoreBusy | StoreFailure e) {
      // the disk is full or broken: the next start reads the log's end
    }
  }
}
