package campana.server.store;

import campana.server.message.Fingerprint;
import campana.server.message.Ledger;
import campana.server.message.Posted;
import campana.store.Database;
import campana.store.OutcomeUnknown;
import campana.store.Participant;
import campana.store.StoreBusy;
import campana.store.Tx;
import campana.wire.MessageReplyOption;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The writer's side of the messages: everything here but [#decide] runs inside units of work, on
/// the writer's thread.
final class PostLedger implements Ledger, Participant {
  private static final int STANDING = 50_000;
  private static final MessageReplyOption NO_OPTION =
      MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED;

  private static final String APPEND =
      """
      insert into message (entry, bucket, space_id, position, thread, webhook_id, create_time,
          quota_state, content, previous, jump\
      """;
  private static final String THREAD_OF_KEY =
      "select thread from thread_key where bucket = ? and space_id = ? and key_hash = ?";
  private static final String REQUEST =
      """
      select position, thread from request
       where bucket = ? and space_id = ? and request_hash = ?\
      """;
  private static final String ALIAS =
      "select position from message_alias where bucket = ? and space_id = ? and message_id = ?";
  private static final String OPENS = "select thread, removed_by from message where entry = ?";
  private static final String REPLY_STANDS =
      """
      select 1 from reply_at r join message m on m.entry = r.entry
       where r.bucket = ? and r.space_id = ? and r.thread = ? and m.removed_by is null limit 1\
      """;

  private final Database database;
  private final Tail tail;
  private final ManyRows plain = new ManyRows(APPEND + ")", 11, "");
  private final ManyRows full =
      new ManyRows(APPEND + ", thread_key, reply_option, binds, request_id, message_id)", 16, "");

  /// Threads of which a message stands, as looked up before; emptied by every removal.
  private final Map<ThreadAt, Boolean> standing =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ThreadAt, Boolean> eldest) {
          return size() > STANDING;
        }
      };

  private record ThreadAt(String spaceId, long thread) {}

  PostLedger(Database database, Tail tail) {
    this.database = database;
    this.tail = tail;
  }

  @Override
  public Posted decide(String spaceId, Wants wants, Decision decision) {
    var found = found(spaceId);
    Supplier<Posted> answer;
    try {
      answer =
          database.write(tx ->
              decision.on(
                  new SqlSheet(tx, found == null || found.dropped ? shelf(tx, spaceId) : found)));
    } catch (StoreBusy e) {
      return new Posted.Busy(e.retryIn());
    } catch (OutcomeUnknown e) {
      return new Posted.Unknown();
    }
    return answer.get();
  }

  /// The space's shelf, made at the first touch from what was filed of it. The writer's: nothing is
  /// dropped meanwhile.
  Shelf shelf(Tx tx, String spaceId) {
    var shelf = tail.shelf(spaceId);
    return shelf == null
        ? Objects.requireNonNull(tail.offer(read(tx, spaceId), tail.drops()))
        : shelf;
  }

  /// By the caller, so that the writer need not look.
  private @Nullable Shelf found(String spaceId) {
    var known = tail.shelf(spaceId);
    var drops = tail.drops();
    return known != null
        ? known
        : database
            .read(tx -> Optional.ofNullable(tail.offer(read(tx, spaceId), drops)))
            .orElse(null);
  }

  private static Shelf read(Tx tx, String spaceId) {
    var filed = Trail.filed(tx, spaceId);
    return new Shelf(spaceId, filed.head(), filed.quotaState());
  }

  /// Makes the shelves that are not there yet while there is room, so that the writer need not.
  void remember(Collection<String> spaceIds) {
    var missing = spaceIds.stream().filter(spaceId -> tail.shelf(spaceId) == null).toList();
    var drops = tail.drops();
    if (!missing.isEmpty() && !tail.crowded()) {
      database.read(tx -> {
        missing.forEach(spaceId -> tail.offer(read(tx, spaceId), drops));
        return true;
      });
    }
  }

  /// Whether `position` opened a thread and a message of it stands.
  boolean threadStands(Tx tx, Shelf shelf, long position) {
    if (position <= 0 || position > shelf.last()) {
      return false;
    }
    var thread = new ThreadAt(shelf.spaceId, position);
    if (standing.containsKey(thread)) {
      return true;
    }
    var stands = openerStands(tx, shelf, position) || replyStands(tx, shelf, position);
    if (stands) {
      standing.put(thread, true);
    }
    return stands;
  }

  private boolean openerStands(Tx tx, Shelf shelf, long position) {
    return tx.first(
            OPENS,
            row -> row.number(1) == position && row.textOrNull(2) == null,
            entry(tx, shelf, position))
        .orElse(false);
  }

  /// Where a message stands in the log, the open transaction's included; 0 where it is gone.
  long entry(Tx tx, Shelf shelf, long position) {
    flush(tx);
    return Trail.entry(tx, shelf.head, position);
  }

  private boolean replyStands(Tx tx, Shelf shelf, long thread) {
    for (var reply : shelf.repliesTo(thread)) {
      if (tx.first(OPENS, row -> row.textOrNull(2) == null, reply.entry()).orElse(false)) {
        return true;
      }
    }
    return tx.first(REPLY_STANDS, row -> true, shelf.bucket, shelf.spaceId, thread).isPresent();
  }

  /// Something was removed: what is known of threads must be looked up again.
  void forgetThreads() {
    standing.clear();
  }

  /// Puts what was entered into the table, for statements of the same transaction to see.
  void flush(Tx tx) {
    plain.flush(tx);
    full.flush(tx);
  }

  @Override
  public void beforeCommit(Tx tx) {
    flush(tx);
  }

  @Override
  public void committed() {
    // what stands now stood when it was looked up
  }

  @Override
  public void rolledBack() {
    plain.clear();
    full.clear();
    forgetThreads(); // one may have been opened by what is void now
  }

  private final class SqlSheet implements Sheet {
    private final Tx tx;
    private final Shelf shelf;

    SqlSheet(Tx tx, Shelf shelf) {
      this.tx = tx;
      this.shelf = shelf;
    }

    @Override
    public @Nullable Place request(Fingerprint request) {
      var unfiled = tail.request(request);
      return unfiled != null
          ? unfiled
          : tx.first(
                  REQUEST,
                  row -> new Place(row.number(1), row.number(2)),
                  shelf.bucket,
                  shelf.spaceId,
                  request.bytes())
              .orElse(null);
    }

    @Override
    public long threadOfKey(Fingerprint key) {
      var unfiled = tail.threadOfKey(key);
      var thread =
          unfiled != null
              ? unfiled
              : tx.first(
                      THREAD_OF_KEY, row -> row.number(1), shelf.bucket, shelf.spaceId, key.bytes())
                  .orElse(0L);
      return threadStands(thread) ? thread : 0;
    }

    @Override
    public boolean threadStands(long position) {
      return PostLedger.this.threadStands(tx, shelf, position);
    }

    @Override
    public boolean messageIdTaken(String messageId) {
      return tail.position(new Entered.Alias(shelf.spaceId, messageId)) != null
          || tx.first(ALIAS, row -> true, shelf.bucket, shelf.spaceId, messageId).isPresent();
    }

    @Override
    public long quotaState() {
      return shelf.quotaState;
    }

    @Override
    public Place enter(Entry entry) {
      var before = shelf.head;
      var step = Step.after(before, tail.nextEntry());
      var position = step.position();
      var thread = entry.thread() > 0 ? entry.thread() : position;
      var previous = before == null ? 0 : before.entry();
      var created = entry.createTime().toEpochMilli();
      var nothingElse =
          entry.threadKey().isEmpty()
              && entry.option() == NO_OPTION
              && entry.requestId().isEmpty()
              && entry.messageId().isEmpty();
      if (nothingElse) {
        plain.add(
            tx,
            step.entry(),
            shelf.bucket,
            shelf.spaceId,
            position,
            thread,
            entry.webhookId(),
            created,
            entry.quotaState(),
            entry.content(),
            previous,
            step.jumpEntry());
      } else {
        full.add(
            tx,
            step.entry(),
            shelf.bucket,
            shelf.spaceId,
            position,
            thread,
            entry.webhookId(),
            created,
            entry.quotaState(),
            entry.content(),
            previous,
            step.jumpEntry(),
            orNull(entry.threadKey()),
            entry.option() == NO_OPTION ? null : entry.option().number(),
            entry.binds() == null ? null : 1,
            orNull(entry.requestId()),
            orNull(entry.messageId()));
      }
      if (entry.binds() != null) {
        standing.put(new ThreadAt(shelf.spaceId, thread), true); // the next one with this key asks
      }
      tail.enter(
          new Entered(
              shelf,
              step,
              thread,
              created,
              entry.quotaState(),
              entry.binds(),
              entry.request(),
              entry.messageId()),
          entry);
      return new Place(position, thread);
    }
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
