package campana.server.store;

import campana.server.feed.SpaceFeed;
import campana.server.message.Ledger;
import campana.server.message.Message;
import campana.server.message.MessageFilter;
import campana.server.message.MessageIds;
import campana.server.message.Messages;
import campana.store.Database;
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
/// database. Safe for use by many threads.
public abstract sealed class SqlMessages implements Messages, AutoCloseable
    permits LoggedMessages, KeyedMessages {
  private static final String IDS_KEY = "messages.ids";
  private static final String SETTING = "select value from setting where name = ?";
  private static final String SET =
      "insert into setting (name, value) values (?, ?) on conflict (name) do nothing";

  private static final MessageFilter OLDEST_FIRST = new MessageFilter(null, null, 0, false, true);
  private static final MessageFilter NEWEST_FIRST = new MessageFilter(null, null, 0, true, true);

  final Database database;
  final MessageIds ids;
  final InstantSource clock;

  /// What is told of a message that is not kept any more.
  private static final Ledger.Entry GONE =
      new Ledger.Entry(
          0,
          "",
          Instant.EPOCH,
          0,
          "",
          MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED,
          null,
          "",
          null,
          "",
          new byte[0]);

  final SpaceFeed feed;

  SqlMessages(Database database, MessageIds ids, SpaceFeed feed, InstantSource clock) {
    this.database = database;
    this.ids = ids;
    this.clock = clock;
    this.feed = feed;
  }

  /// Goes on where the messages ended.
  public static SqlMessages open(
      Database database, SecureRandom random, InstantSource clock, SpaceFeed feed) {
    return database.shared()
        ? KeyedMessages.opened(database, random, clock, feed)
        : LoggedMessages.opened(database, random, clock, feed);
  }

  /// Made with a key that is drawn at the first start.
  static MessageIds ids(Tx tx, SecureRandom random) {
    var fresh = new byte[MessageIds.KEY_BYTES];
    random.nextBytes(fresh);
    tx.update(SET, IDS_KEY, HexFormat.of().formatHex(fresh));
    var key = tx.first(SETTING, row -> row.text(1), IDS_KEY).orElseThrow();
    return new MessageIds(HexFormat.of().parseHex(key));
  }

  /// Reads where these spaces' messages end before anybody posts there.
  public abstract void remember(List<String> spaceIds);

  /// Where posts are entered.
  public abstract Ledger ledger();

  public MessageIds ids() {
    return ids;
  }

  /// Deletes what is older than `keep` says at the time, and spaces whose grace is over; not
  /// started yet.
  ///
  /// @param gone hears the id of each space that is gone
  public abstract Retention retention(Supplier<Duration> keep, Consumer<String> gone);

  /// Tells who watches a space here of what other processes have stored there.
  public abstract void tellOthers();

  /// Does at once what is done after each post by and by.
  public abstract void fileNow();

  /// Tells of a post that is committed; in position order.
  final void tell(String spaceId, Ledger.Place place, Ledger.Entry entry) {
    feed.tell(spaceId, () -> message(spaceId, place, entry));
  }

  private Message message(String spaceId, Ledger.Place place, Ledger.Entry entry) {
    var names = ids.names(spaceId, place.thread(), place.position());
    return new Message(
        spaceId,
        place.position(),
        place.thread(),
        names.message(),
        names.thread(),
        entry.webhookId(),
        Instant.ofEpochMilli(entry.createTime().toEpochMilli()),
        entry.content(),
        entry.threadKey(),
        entry.option(),
        entry.messageId(),
        null,
        null);
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
  public Optional<Message> find(String spaceId, String id) {
    if (id.startsWith("client-")) {
      return byOwnId(spaceId, id);
    }
    var dot = id.indexOf('.');
    var position = ids.position(spaceId, id.substring(dot + 1));
    return dot < 0 || position == 0
        ? Optional.empty()
        : at(spaceId, position).filter(m -> m.name().endsWith("/" + id));
  }

  /// @param messageId its sender's
  abstract Optional<Message> byOwnId(String spaceId, String messageId);

  @Override
  public Message stored(String spaceId, Ledger.Place place) {
    return at(spaceId, place.position()).orElseGet(() -> message(spaceId, place, GONE));
  }

  @Override
  public OptionalLong threadPosition(String spaceId, String threadId) {
    var position = ids.position(spaceId, threadId);
    return position > 0 && !thread(spaceId, position, 1).isEmpty()
        ? OptionalLong.of(position)
        : OptionalLong.empty();
  }

  @Override
  public boolean remove(Message message, String actor) {
    var removed = removed(message, actor);
    if (removed) {
      at(message.spaceId(), message.position())
          .ifPresent(gone -> feed.tell(message.spaceId(), () -> gone));
    }
    return removed;
  }

  /// @return false where it was removed before or is not kept any more
  abstract boolean removed(Message message, String actor);

  /// Ends what goes on beside. The database is closed by whoever opened it.
  @Override
  public abstract void close();
}
