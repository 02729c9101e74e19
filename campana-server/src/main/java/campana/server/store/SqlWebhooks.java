package campana.server.store;

import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.webhook.Doors;
import campana.server.webhook.LastUse;
import campana.server.webhook.Webhook;
import campana.server.webhook.WebhookStore;
import campana.store.Buckets;
import campana.store.Database;
import campana.store.Lookup;
import campana.store.Row;
import campana.store.Tx;
import java.time.Instant;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Webhooks in SQL.
public final class SqlWebhooks implements WebhookStore {
  private static final String INSERT =
      """
      insert into webhook (bucket, space_id, webhook_id, display_name, avatar_url, token_hash,
                           token_sealed, create_time)
      values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
      """;
  private static final String LIST =
      """
      select * from webhook where bucket = ? and space_id = ? and delete_time is null
       order by create_time, webhook_id
      """;
  private static final String SPACE = "select * from space where bucket = ? and space_id = ?";
  private static final String APPS_OFF =
      """
      select 1 from member m join person p on p.person_id = m.person_id
       where m.bucket = ? and m.space_id = ? and p.chat_apps = 0 limit 1
      """;
  private static final String SPACES_AFTER =
      """
      select * from space where (bucket, space_id) > (?, ?) order by bucket, space_id limit ?
      """;
  private static final String LIST_OF_PAGE =
      """
      select * from webhook
       where (bucket, space_id) >= (?, ?) and (bucket, space_id) <= (?, ?) and delete_time is null
       order by bucket, space_id, create_time, webhook_id
      """;
  private static final String EVER =
      "select * from webhook where bucket = ? and space_id = ? order by create_time, webhook_id";
  private static final String FIND =
      """
      select * from webhook where bucket = ? and space_id = ? and webhook_id = ?
         and delete_time is null
      """;
  private static final String CHANGE =
      """
      update webhook set display_name = coalesce(?, display_name),
             avatar_url = coalesce(?, avatar_url)
       where bucket = ? and space_id = ? and webhook_id = ? and delete_time is null
      """;
  private static final String SET_TOKEN =
      """
      update webhook set token_hash = ?, token_sealed = ?
       where bucket = ? and space_id = ? and webhook_id = ? and delete_time is null
      """;
  private static final String DELETE =
      """
      update webhook set delete_time = ?
       where bucket = ? and space_id = ? and webhook_id = ? and delete_time is null
      """;
  private static final String USED =
      """
      update webhook set last_use_time = ?
       where bucket = ? and space_id = ? and webhook_id = ?
      """;

  private static final int CALLS_A_TURN = 32; // all are looked at again within two hours

  private static final String CHANGED =
      """
      insert into door_change (bucket, changes) values (?, 1)
      on conflict (bucket) do update set changes = door_change.changes + 1
      """;
  private static final String CHANGES = "select bucket, changes from door_change";

  private final Database database;
  private final long[] seen = new long[Buckets.COUNT]; // both of one thread
  private int calls;

  public SqlWebhooks(Database database) {
    this.database = database;
  }

  @Override
  public boolean insert(Webhook webhook, byte[] tokenHash, String sealedToken) {
    var bucket = Buckets.of(webhook.spaceId());
    return database.write(
        bucket,
        tx ->
            tx.update(
                    INSERT,
                    bucket,
                    webhook.spaceId(),
                    webhook.id(),
                    webhook.displayName(),
                    webhook.avatarUrl(),
                    HexFormat.of().formatHex(tokenHash),
                    sealedToken,
                    webhook.createTime())
                > 0);
  }

  @Override
  public List<Stored> list(String spaceId) {
    return database.read(tx -> tx.query(LIST, SqlWebhooks::stored, Buckets.of(spaceId), spaceId));
  }

  @Override
  public Optional<Doors> doors(String spaceId) {
    var bucket = Buckets.of(spaceId);
    return database.read(tx ->
        tx.first(SPACE, SqlSpaces::space, bucket, spaceId)
            .map(space -> {
              var webhooks = tx.query(LIST, SqlWebhooks::stored, bucket, spaceId);
              return new Doors(space, webhooks, appsOn(tx, space));
            }));
  }

  @Override
  public List<Doors> doorsAfter(String after, int limit) {
    var bucket = after.isEmpty() ? -1 : Buckets.of(after);
    return database.read(tx -> {
      var spaces = tx.query(SPACES_AFTER, SqlSpaces::space, bucket, after, limit);
      if (spaces.isEmpty()) {
        return List.of();
      }
      var first = spaces.getFirst().id();
      var last = spaces.getLast().id();
      var webhooks =
          tx
              .query(
                  LIST_OF_PAGE,
                  SqlWebhooks::stored,
                  Buckets.of(first),
                  first,
                  Buckets.of(last),
                  last)
              .stream()
              .collect(Collectors.groupingBy(stored -> stored.webhook().spaceId()));
      return spaces.stream()
          .map(space ->
              new Doors(space, webhooks.getOrDefault(space.id(), List.of()), appsOn(tx, space)))
          .toList();
    });
  }

  @Override
  public void tell(String spaceId) {
    if (database.shared()) {
      var bucket = Buckets.of(spaceId);
      database.write(bucket, tx -> tx.update(CHANGED, bucket));
    }
  }

  /// A process that ended between a change and telling of it has told nobody; so the buckets are
  /// taken for changed in turn, too.
  @Override
  public Optional<Predicate<String>> changed() {
    var changed = new BitSet(Buckets.COUNT);
    if (++calls % CALLS_A_TURN == 0) {
      changed.set(calls / CALLS_A_TURN % Buckets.COUNT);
    }
    for (var now :
        database.read(tx -> tx.query(CHANGES, row -> new long[] {row.number(1), row.number(2)}))) {
      var bucket = (int) now[0];
      if (seen[bucket] != now[1]) {
        seen[bucket] = now[1];
        changed.set(bucket);
      }
    }
    return changed.isEmpty()
        ? Optional.empty()
        : Optional.of(spaceId -> changed.get(Buckets.of(spaceId)));
  }

  private static boolean appsOn(Tx tx, Space space) {
    return space.type() != SpaceType.DIRECT_MESSAGE
        || tx.first(APPS_OFF, _ -> true, Buckets.of(space.id()), space.id()).isEmpty();
  }

  @Override
  public Optional<Stored> find(String spaceId, String id) {
    return database.read(
        tx -> tx.first(FIND, SqlWebhooks::stored, Buckets.of(spaceId), spaceId, id));
  }

  @Override
  public List<Webhook> ever(String spaceId) {
    return database.read(tx -> tx.query(EVER, SqlWebhooks::webhook, Buckets.of(spaceId), spaceId));
  }

  @Override
  public Optional<String> sealedToken(String spaceId, String id) {
    return database.read(
        tx -> tx.first(FIND, row -> row.text("token_sealed"), Buckets.of(spaceId), spaceId, id));
  }

  @Override
  public Optional<Webhook> change(
      String spaceId, String id, @Nullable String displayName, @Nullable String avatarUrl) {
    var bucket = Buckets.of(spaceId);
    return database.write(
        bucket,
        tx -> {
          tx.update(CHANGE, displayName, avatarUrl, bucket, spaceId, id);
          return tx.first(FIND, SqlWebhooks::webhook, bucket, spaceId, id);
        });
  }

  @Override
  public boolean setToken(String spaceId, String id, byte[] tokenHash, String sealedToken) {
    var bucket = Buckets.of(spaceId);
    return database.write(
        bucket,
        tx ->
            tx.update(
                    SET_TOKEN,
                    HexFormat.of().formatHex(tokenHash),
                    sealedToken,
                    bucket,
                    spaceId,
                    id)
                > 0);
  }

  @Override
  public boolean delete(String spaceId, String id, Instant now) {
    var bucket = Buckets.of(spaceId);
    return database.write(bucket, tx -> tx.update(DELETE, now, bucket, spaceId, id) > 0);
  }

  @Override
  public void used(Collection<Use> uses) {
    if (database.spread()) {
      Lookup.byBucket(uses, use -> Buckets.of(use.spaceId())).forEach(this::used);
    } else {
      used(0, uses);
    }
  }

  /// In one order, as other processes may be writing down theirs.
  private void used(int bucket, Collection<Use> uses) {
    var rows =
        uses.stream()
            .sorted(
                Comparator.<Use>comparingInt(use -> Buckets.of(use.spaceId()))
                    .thenComparing(Use::spaceId)
                    .thenComparing(Use::id))
            .map(use ->
                new @Nullable Object[] {
                  use.when(), Buckets.of(use.spaceId()), use.spaceId(), use.id()
                })
            .toList();
    database.write(
        bucket,
        tx -> {
          tx.updateAll(USED, rows);
          return rows.size();
        });
  }

  private static Stored stored(Row row) {
    var webhook = webhook(row);
    return new Stored(
        webhook, HexFormat.of().parseHex(row.text("token_hash")), new LastUse(webhook));
  }

  private static Webhook webhook(Row row) {
    return new Webhook(
        row.text("space_id"),
        row.text("webhook_id"),
        row.text("display_name"),
        row.text("avatar_url"),
        row.instant("create_time"),
        row.instantOrNull("last_use_time"));
  }
}
