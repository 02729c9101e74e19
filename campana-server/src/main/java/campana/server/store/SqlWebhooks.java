package campana.server.store;

import campana.server.webhook.Webhook;
import campana.server.webhook.WebhookStore;
import campana.store.Buckets;
import campana.store.Database;
import campana.store.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
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

  private final Database database;

  public SqlWebhooks(Database database) {
    this.database = database;
  }

  @Override
  public boolean insert(Webhook webhook, byte[] tokenHash, String sealedToken) {
    return database.write(tx ->
        tx.update(
                INSERT,
                Buckets.of(webhook.spaceId()),
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
    return database.write(tx -> {
      tx.update(CHANGE, displayName, avatarUrl, bucket, spaceId, id);
      return tx.first(FIND, SqlWebhooks::webhook, bucket, spaceId, id);
    });
  }

  @Override
  public boolean setToken(String spaceId, String id, byte[] tokenHash, String sealedToken) {
    return database.write(tx ->
        tx.update(
                SET_TOKEN,
                HexFormat.of().formatHex(tokenHash),
                sealedToken,
                Buckets.of(spaceId),
                spaceId,
                id)
            > 0);
  }

  @Override
  public boolean delete(String spaceId, String id, Instant now) {
    return database.write(tx -> tx.update(DELETE, now, Buckets.of(spaceId), spaceId, id) > 0);
  }

  @Override
  public void used(Collection<Use> uses) {
    database.write(tx -> {
      for (var use : uses) {
        tx.update(USED, use.when(), Buckets.of(use.spaceId()), use.spaceId(), use.id());
      }
      return uses.size();
    });
  }

  private static Stored stored(Row row) {
    return new Stored(webhook(row), HexFormat.of().parseHex(row.text("token_hash")));
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
