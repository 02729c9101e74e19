package campana.server.store;

import campana.server.feed.SpaceFeed;
import campana.server.message.Fingerprint;
import campana.server.message.Ledger;
import campana.server.message.Message;
import campana.server.message.MessageFilter;
import campana.server.message.MessageIds;
import campana.server.message.ThreadSummary;
import campana.store.Database;
import campana.store.Row;
import campana.store.Tx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The messages where this process alone writes: appended to a log and found along each space's
/// trail.
final class LoggedMessages extends SqlMessages {
  private static final String NEXT_ENTRY = "select coalesce(max(entry), 0) + 1 from message";
  private static final String LOG_END =
      """
      select entry, space_id, position, thread, webhook_id, create_time, quota_state, thread_key,
             binds, request_id, message_id
        from message where entry > ? order by entry\
      """;
  private static final String REMOVE =
      """
      update message set removed_by = ?, remove_time = ?, content = x''
       where entry = ? and removed_by is null\
      """;

  /// Shelves of spaces at rest: one weighs less than half a kilobyte, so these are at most an
  /// eighth of the heap.
  private static final int SHELVES =
      (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 4096);

  private final Tail tail;
  private final PostLedger ledger;
  private final Filing filing;
  private final MessageReader reader;

  private LoggedMessages(
      Database database,
      MessageIds ids,
      long nextEntry,
      int shelves,
      SpaceFeed feed,
      InstantSource clock) {
    super(database, ids, feed, clock);
    this.tail =
        new Tail(
            nextEntry,
            shelves,
            (entered, entry) ->
                tell(
                    entered.shelf().spaceId,
                    new Ledger.Place(entered.position(), entered.thread()),
                    entry));
    this.ledger = new PostLedger(database, tail);
    this.filing = new Filing(database, tail);
    this.reader = new MessageReader(ids);
  }

  /// Takes the log up where it ended, reading again what was not filed.
  static LoggedMessages opened(
      Database database, SecureRandom random, InstantSource clock, SpaceFeed feed) {
    return opened(database, random, clock, feed, SHELVES);
  }

  /// @param shelves how many are kept of spaces at rest
  static LoggedMessages opened(
      Database database, SecureRandom random, InstantSource clock, SpaceFeed feed, int shelves) {
    return database.write(tx -> {
      var ids = ids(tx, random);
      var filed = Filing.filed(tx);
      long next = tx.first(NEXT_ENTRY, row -> row.number(1)).orElseThrow();
      // entries that retention took are not used again
      var from = Math.max(next, filed + 1);
      var messages = new LoggedMessages(database, ids, from, shelves, feed, clock);
      messages.recover(tx, filed);
      tx.afterCommit(() -> database.join(messages.tail));
      tx.afterCommit(() -> database.join(messages.ledger));
      tx.afterCommit(messages.filing::start);
      return messages;
    });
  }

  private void recover(Tx tx, long filed) {
    tx.query(LOG_END, row -> recovered(tx, row), filed);
  }

  private Entered recovered(Tx tx, Row row) {
    var spaceId = row.text(2);
    var webhookId = row.text(5);
    var key = row.textOrNull(8);
    var request = row.textOrNull(10);
    var messageId = row.textOrNull(11);
    var shelf = ledger.shelf(tx, spaceId);
    var entered =
        new Entered(
            shelf,
            Step.after(shelf.head, row.number(1)),
            row.number(4),
            row.number(6),
            row.number(7),
            key == null || row.number(9) == 0 ? null : Fingerprint.of(spaceId, webhookId, key),
            request == null ? null : Fingerprint.of(spaceId, webhookId, request),
            messageId == null ? "" : messageId);
    if (row.number(3) > shelf.last()) { // else filed just before the last end
      tail.recovered(entered);
    }
    return entered;
  }

  @Override
  public void remember(List<String> spaceIds) {
    ledger.remember(spaceIds);
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public Retention retention(Supplier<Duration> keep, Consumer<String> gone) {
    var purge = new SpacePurge(database, new LogPurge(tail), gone);
    return new Retention(database, clock, keep, new LogAgeing(database, ledger), purge);
  }

  @Override
  public void tellOthers() {
    // nobody else stores anything
  }

  @Override
  public void fileNow() {
    filing.fileAll();
  }

  /// How many spaces are in memory.
  int shelves() {
    return tail.shelves();
  }

  private interface Reading<T> {
    T of(Tx tx, Shelf.Seen seen);
  }

  /// Reads what is committed of a space.
  private <T> T read(String spaceId, Reading<T> reading) {
    var shelf = tail.shelf(spaceId);
    var seen = shelf == null ? null : shelf.seen(); // before the snapshot, which then has all of it
    return database.read(
        tx -> reading.of(tx, seen == null ? MessageReader.filed(tx, spaceId) : seen));
  }

  @Override
  public List<Message> list(String spaceId, MessageFilter filter, long cursor, int limit) {
    return read(spaceId, (tx, seen) -> reader.list(tx, spaceId, seen, filter, cursor, limit));
  }

  @Override
  public List<ThreadSummary> summaries(String spaceId, List<Long> threads) {
    return read(
        spaceId,
        (tx, seen) ->
            threads.stream()
                .map(thread -> reader.summary(tx, spaceId, seen, thread))
                .flatMap(Optional::stream)
                .toList());
  }

  @Override
  Optional<Message> byOwnId(String spaceId, String messageId) {
    var unfiled = tail.position(new Entered.Alias(spaceId, messageId));
    var position =
        unfiled != null
            ? Optional.of(unfiled)
            : database.read(tx -> MessageReader.alias(tx, spaceId, messageId));
    return position.flatMap(p -> at(spaceId, p));
  }

  @Override
  public Optional<Message> at(String spaceId, long position) {
    return read(spaceId, (tx, seen) -> reader.at(tx, seen, position));
  }

  @Override
  public long lastPosition(String spaceId) {
    return read(spaceId, (_, seen) -> seen.last());
  }

  @Override
  boolean removed(Message message, String actor) {
    return database.write(tx -> {
      ledger.forgetThreads();
      var shelf = ledger.shelf(tx, message.spaceId());
      var entry = ledger.entry(tx, shelf, message.position());
      return tx.update(REMOVE, actor, clock.instant(), entry) > 0;
    });
  }

  @Override
  public void close() {
    filing.close();
  }
}
