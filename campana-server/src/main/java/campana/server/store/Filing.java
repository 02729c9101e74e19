package campana.server.store;

import campana.store.Database;
import campana.store.StoreBusy;
import campana.store.StoreFailure;
import campana.store.Tx;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Enters what the log's end holds into the indexes, and the spaces' heads: sorted, so that each
/// page is touched once for many messages, and in parts, so that posts go in between. A message is
/// filed within seconds; until then the [Tail] answers for it, and after a crash the log is read
/// again. Plain messages need no index: of them only their space's newest is entered.
final class Filing implements AutoCloseable {
  private static final int PART = 500; // a few milliseconds of the writer

  // The more at a time, the more of them share an index page or a space's head. A message with all
  // that is indexed weighs about half a kilobyte, so these are at most a quarter of the heap; plain
  // ones weigh nothing, but a start after a kill reads them: about five seconds for this many.
  private static final long MANY_INDEXED =
      Math.min(400_000, Runtime.getRuntime().maxMemory() / 2048);
  private static final long MANY = 1_600_000;
  private static final long ROUND_NANOS = 30_000_000_000L;
  private static final long LOOK_NANOS = 250_000_000L;

  static final String FILED = "messages.filed";
  private static final String SETTING = "select value from setting where name = ?";
  private static final String SET =
      """
      insert into setting (name, value) values (?, ?)
      on conflict (name) do update set value = excluded.value\
      """;
  private static final String NOT_AGAIN = "on conflict do nothing";

  /// A row of `space_head`.
  private record Head(Shelf shelf, long position, long quotaState, String path) {
    static final Comparator<Head> FILING_ORDER = (a, b) -> Shelf.compareForFiling(a.shelf, b.shelf);

    static Head of(Shelf.Standing standing) {
      var head = standing.head();
      return new Head(standing.shelf(), head.position(), standing.quotaState(), head.path());
    }
  }

  private final ManyRows heads =
      new ManyRows(
          "insert into space_head (bucket, space_id, position, quota_state, path)",
          5,
          """
          on conflict do update set position = excluded.position,
              quota_state = excluded.quota_state, path = excluded.path\
          """);
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
  private final List<ManyRows> all = List.of(heads, replyAt, keys, requests, aliases);

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
      if (!closing && tail.size() > 0 && (waited >= ROUND_NANOS || many())) {
        waited = 0;
        try {
          fileAll();
        } catch (StoreBusy | StoreFailure e) {
          waited = -ROUND_NANOS; // a full disk: the log's end stays in memory, later is soon enough
        }
      }
    }
  }

  private boolean many() {
    return tail.size() >= MANY || tail.indexed() >= MANY_INDEXED || tail.crowded();
  }

  /// Files all that is committed when it is called.
  synchronized void fileAll() {
    var frozen = database.write(_ -> tail.freeze());
    inParts(frozen.indexed(), Entered.FILING_ORDER, this::file, tail::filed);
    // after those: a head says that all of its space up to there is filed
    var heads = frozen.heads().stream().map(Head::of).toList(); // not on the writer's thread
    inParts(heads, Head.FILING_ORDER, this::fileHeads, this::headsFiled);
    database.write(tx -> {
      if (!frozen.heads().isEmpty()) {
        tx.update(SET, FILED, Long.toString(frozen.last()));
      }
      tx.afterCommit(tail::thawed);
      return true;
    });
  }

  private <T> void inParts(
      List<T> all, Comparator<T> order, BiConsumer<Tx, List<T>> file, Consumer<List<T>> filed) {
    var sorted = new ArrayList<>(all);
    sorted.sort(order);
    for (var from = 0; from < sorted.size(); from += PART) {
      var part = sorted.subList(from, Math.min(from + PART, sorted.size()));
      database.write(tx -> {
        this.all.forEach(ManyRows::clear); // of a part that failed
        file.accept(tx, part);
        this.all.forEach(rows -> rows.flush(tx));
        tx.afterCommit(() -> filed.accept(part));
        return part.size();
      });
    }
  }

  private void fileHeads(Tx tx, List<Head> part) {
    for (var head : part) {
      var shelf = head.shelf;
      heads.add(tx, shelf.bucket, shelf.spaceId, head.position, head.quotaState, head.path);
    }
  }

  private void headsFiled(List<Head> part) {
    part.forEach(head -> head.shelf.filed(head.position));
    tail.tidy();
  }

  private void file(Tx tx, List<Entered> part) {
    for (var e : part) {
      var bucket = e.shelf().bucket;
      var space = e.shelf().spaceId;
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
