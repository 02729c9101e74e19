package campana.server.store;

import campana.server.feed.SpaceFeed;
import campana.server.message.Ledger;
import campana.server.message.Message;
import campana.server.message.MessageFilter;
import campana.server.message.MessageIds;
import campana.server.message.ThreadSummary;
import campana.store.Buckets;
import campana.store.Columns;
import campana.store.Database;
import campana.store.Lookup;
import campana.store.Tx;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The messages where other processes may write, too: nothing about them is in memory, and each is
/// found by its key.
final class KeyedMessages extends SqlMessages implements SpacePurge.Messages {
  private static final String REMOVE =
      """
      update message set removed_by = ?, remove_time = ?, content = ?
       where bucket = ? and space_id = ? and position = ? and removed_by is null\
      """;
  private static final String DELETE_OF_SPACE =
      """
      delete from message where bucket = ? and space_id = ? and position in
       (select position from message
         where bucket = ? and space_id = ? order by position desc limit ?)\
      """;

  private static final Lookup REMOVED =
      new Lookup(
          MessageRow.COLUMNS
              + """
               from unnest(?::smallint[], ?::text[]) as w (bucket, space_id)
                join message m on m.bucket = w.bucket and m.space_id = w.space_id
               where m.remove_time > ?\
              """,
          MessageRow.COLUMNS
              + """
               from message m
               where m.space_id = any(?::text[]) and m.remove_time > ? and m.bucket = ?\
              """,
          1);

  /// Longer than a removal can take from the time that it notes to its commit.
  private static final Duration LONG_COMMIT = Duration.ofSeconds(30);

  private final KeyedLedger ledger;
  private final KeyedReader reader;

  /// Up to where watched spaces were told; of the round's thread alone.
  private final Map<String, Long> told = new HashMap<>();

  /// The names of messages whose removal was told, not long ago; of the same thread.
  private final Map<String, Instant> removalsTold = new HashMap<>();

  private KeyedMessages(Database database, MessageIds ids, SpaceFeed feed, InstantSource clock) {
    super(database, ids, feed, clock);
    this.ledger = new KeyedLedger(database, () -> new PostBatch(this::tell, clock));
    this.reader = new KeyedReader(ids);
  }

  static KeyedMessages opened(
      Database database, SecureRandom random, InstantSource clock, SpaceFeed feed) {
    var ids = database.write(tx -> ids(tx, random));
    return new KeyedMessages(database, ids, feed, clock);
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public void remember(List<String> spaceIds) {
    // a post reads what it needs together with those beside it
  }

  @Override
  public void tellOthers() {
    var heard = List.copyOf(feed.heard());
    told.keySet().retainAll(heard);
    if (!heard.isEmpty()) {
      tellPosts(heard);
      tellRemovals(heard);
    }
  }

  /// Looks further back than the round before, as a removal may be committed late; a viewer who
  /// hears of one twice draws the same line.
  private void tellRemovals(List<String> heard) {
    var since = clock.instant().minus(LONG_COMMIT);
    removalsTold.values().removeIf(since::isAfter);
    var removed =
        database.read(tx ->
            REMOVED.query(
                tx,
                reader.message(),
                heard,
                Buckets::of,
                some -> Columns.texts(some, spaceId -> spaceId),
                _ -> since));
    for (var message : removed) {
      var time = message.removeTime();
      if (time != null && removalsTold.put(message.name(), time) == null) {
        feed.tell(message.spaceId(), () -> message);
      }
    }
  }

  /// A viewer who hears of a position beyond the next one reads what is between, and drops one that
  /// it has: so the newest is enough, at any time.
  private void tellPosts(List<String> heard) {
    for (var end : database.read(tx -> Ends.of(tx, heard))) {
      var before = told.put(end.spaceId(), end.position());
      if (before == null || before != end.position()) {
        latest(end.spaceId(), Long.MAX_VALUE, 1)
            .forEach(message -> feed.tell(end.spaceId(), () -> message));
      }
    }
  }

  @Override
  public void fileNow() {
    // it was done with each post
  }

  @Override
  public List<Message> list(String spaceId, MessageFilter filter, long cursor, int limit) {
    return database.read(tx -> reader.list(tx, spaceId, filter, cursor, limit));
  }

  @Override
  public List<ThreadSummary> summaries(String spaceId, List<Long> threads) {
    return database.read(tx ->
        threads.stream()
            .map(thread -> reader.summary(tx, spaceId, thread))
            .flatMap(Optional::stream)
            .toList());
  }

  @Override
  public Optional<Message> at(String spaceId, long position) {
    return database.read(tx -> reader.at(tx, spaceId, position));
  }

  @Override
  Optional<Message> byOwnId(String spaceId, String messageId) {
    return database.read(tx -> reader.byOwnId(tx, spaceId, messageId));
  }

  @Override
  public long lastPosition(String spaceId) {
    return database.read(tx -> KeyedReader.last(tx, spaceId));
  }

  @Override
  boolean removed(Message message, String actor) {
    var bucket = Buckets.of(message.spaceId());
    return database.write(
        bucket,
        tx ->
            tx.update(
                    REMOVE,
                    actor,
                    clock.instant(),
                    new byte[0],
                    bucket,
                    message.spaceId(),
                    message.position())
                > 0);
  }

  @Override
  public Retention retention(Supplier<Duration> keep, Consumer<String> gone) {
    return new Retention(
        database,
        clock,
        () -> longer(keep.get()),
        new KeyedAgeing(database),
        new SpacePurge(database, this, gone));
  }

  private static Duration longer(Duration keep) {
    return keep.compareTo(PostBatch.YOUNG) < 0 ? PostBatch.YOUNG : keep;
  }

  @Override
  public boolean atRest(String space) {
    return true;
  }

  @Override
  public int delete(Tx tx, int bucket, String space, int most) {
    return tx.update(DELETE_OF_SPACE, bucket, space, bucket, space, most);
  }

  @Override
  public List<String> indexes() {
    return List.of();
  }

  @Override
  public void forget(String space) {
    // nothing was remembered
  }

  @Override
  public void close() {
    // nothing goes on beside
  }
}
