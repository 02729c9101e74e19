package campana.server.store;

import campana.server.feed.SpaceFeed;
import campana.server.message.Fingerprint;
import campana.server.message.Ledger;
import campana.server.message.Message;
import campana.server.message.MessageFilter;
import campana.server.message.MessageIds;
import campana.server.message.Messages;
import campana.server.message.ThreadSummary;
import campana.store.Database;
import campana.store.Row;
import campana.store.Tx;
import campana.wire.MessageReplyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The messages of all spaces. Posts go through [#ledger]; what is asked here is answered from the
/// log, along each space's trail. Safe for use by many threads.
public final class SqlMessages implements Messages, AutoCloseable {
  private static final String IDS_KEY = "messages.ids";
  private static final String SETTING = "select value from setting where name = ?";
  private static final String SET =
      "insert into setting (name, value) values (?, ?) on conflict (name) do nothing";
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

  private static final MessageFilter OLDEST_FIRST = new MessageFilter(null, null, 0, false, true);
  private static final MessageFilter NEWEST_FIRST = new MessageFilter(null, null, 0, true, true);

  private final Database database;
  private final MessageIds ids;
  private final InstantSource clock;
  private final SpaceFeed feed;
  private final Tail tail;
  private final PostLedger ledger;
  private final Filing filing;
  private final MessageReader reader;

  private SqlMessages(
      Database database, MessageIds ids, long nextEntry, SpaceFeed feed, InstantSource clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
    this.feed = feed;
    this.tail = new Tail(nextEntry, this::tell);
    this.ledger = new PostLedger(database, tail);
    this.filing = new Filing(database, tail);
    this.reader = new MessageReader(ids);
  }

  /// Takes the log up where it ended, reading again what was not filed.
  public static SqlMessages open(
      Database database, SecureRandom random, InstantSource clock, SpaceFeed feed) {
    return database.write(tx -> {
      var fresh = new byte[MessageIds.KEY_BYTES];
      random.nextBytes(fresh);
      tx.update(SET, IDS_KEY, HexFormat.of().formatHex(fresh));
      var key = tx.first(SETTING, row -> row.text(1), IDS_KEY).orElseThrow();
      var filed = Filing.filed(tx);
      long next = tx.first(NEXT_ENTRY, row -> row.number(1)).orElseThrow();
      var messages =
          new SqlMessages(
              database,
              new MessageIds(HexFormat.of().parseHex(key)),
              Math.max(next, filed + 1), // entries that retention took are not used again
              feed,
              clock);
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

  /// Reads where these spaces' messages end before anybody posts there.
  public void remember(List<String> spaceIds) {
    ledger.remember(spaceIds);
  }

  /// Where posts are entered.
  public Ledger ledger() {
    return ledger;
  }

  public MessageIds ids() {
    return ids;
  }

  /// Deletes what is older than `keep` says at the time, and spaces whose grace is over; not
  /// started yet.
  ///
  /// @param gone hears the id of each space that is gone
  public Retention retention(Supplier<Duration> keep, Consumer<String> gone) {
    var purge = new SpacePurge(database, tail, gone);
    return new Retention(database, ledger, clock, keep, purge);
  }

  /// Files what the log holds now. The filer does so by itself all the time.
  public void fileNow() {
    filing.fileAll();
  }

  private void tell(Entered entered, Ledger.Entry entry) {
    var spaceId = entered.shelf().spaceId;
    feed.tell(
        spaceId,
        () ->
            new Message(
                spaceId,
                entered.position(),
                entered.thread(),
                ids.name(spaceId, entered.thread(), entered.position()),
                ids.threadName(spaceId, entered.thread()),
                entry.webhookId(),
                Instant.ofEpochMilli(entered.createTime()),
                entry.content(),
                entry.threadKey(),
                entry.option(),
                entry.messageId(),
                null,
                null));
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
  public List<Message> latest(String spaceId, long beforePosition, int limit) {
    return list(spaceId, NEWEST_FIRST, Math.max(1, beforePosition), limit);
  }

  @Override
  public List<Message> since(String spaceId, long afterPosition, int limit) {
    return list(spaceId, OLDEST_FIRST, Math.max(0, afterPosition), limit);
  }

  @Override
  public List<Message> thread(String spaceId, long threadPosition, int limit) {
    return list(spaceId, new MessageFilter(null, null, threadPosition, false, true), 0, limit);
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
  public Optional<Message> find(String spaceId, String id) {
    if (id.startsWith("client-")) {
      var unfiled = tail.position(new Entered.Alias(spaceId, id));
      var position =
          unfiled != null
              ? Optional.of(unfiled)
              : database.read(tx -> MessageReader.alias(tx, spaceId, id));
      return position.flatMap(p -> at(spaceId, p));
    }
    var dot = id.indexOf('.');
    var position = ids.position(spaceId, id.substring(dot + 1));
    return dot < 0 || position == 0
        ? Optional.empty()
        : at(spaceId, position).filter(m -> m.name().endsWith("/" + id));
  }

  @Override
  public Optional<Message> at(String spaceId, long position) {
    return read(spaceId, (tx, seen) -> reader.at(tx, seen, position));
  }

  @Override
  public Message stored(String spaceId, Ledger.Place place) {
    return at(spaceId, place.position())
        .orElseGet(() ->
            new Message(
                spaceId,
                place.position(),
                place.thread(),
                ids.name(spaceId, place.thread(), place.position()),
                ids.threadName(spaceId, place.thread()),
                "",
                Instant.EPOCH,
                new byte[0],
                "",
                MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED,
                "",
                null,
                null));
  }

  @Override
  public OptionalLong threadPosition(String spaceId, String threadId) {
    var position = ids.position(spaceId, threadId);
    return position > 0 && !thread(spaceId, position, 1).isEmpty()
        ? OptionalLong.of(position)
        : OptionalLong.empty();
  }

  @Override
  public long lastPosition(String spaceId) {
    return read(spaceId, (_, seen) -> seen.last());
  }

  @Override
  public boolean remove(Message message, String actor) {
    var spaceId = message.spaceId();
    boolean removed =
        database.write(tx -> {
          ledger.forgetThreads();
          var shelf = ledger.shelf(tx, spaceId);
          var entry = ledger.entry(tx, shelf, message.position());
          return tx.update(REMOVE, actor, clock.instant(), entry) > 0;
        });
    if (removed) {
      at(spaceId, message.position()).ifPresent(gone -> feed.tell(spaceId, () -> gone));
    }
    return removed;
  }

  /// Stops filing after a last round. The database is closed by whoever opened it.
  @Override
  public void close() {
    filing.close();
  }
}
