package campana.server.store;

import campana.server.policy.Policies;
import campana.server.policy.Policy;
import campana.store.Database;
import java.util.Optional;

/// Named values that the pages and the server itself keep.
public final class SqlSettings implements Policies.Store {
  private static final String GET = "select value from setting where name = ?";
  private static final String PUT =
      """
      insert into setting (name, value) values (?, ?)
      on conflict (name) do update set value = excluded.value
      """;
  private static final String PUT_NEW =
      "insert into setting (name, value) values (?, ?) on conflict (name) do nothing";
  private static final String WEBHOOKS = "policy.webhooks";
  private static final String IN_DIRECT_MESSAGES = "policy.webhooks-in-direct-messages";

  private final Database database;

  public SqlSettings(Database database) {
    this.database = database;
  }

  public Optional<String> get(String name) {
    return database.read(tx -> tx.first(GET, row -> row.text(1), name));
  }

  public void put(String name, String value) {
    database.write(tx -> tx.update(PUT, name, value));
  }

  /// The value of a name; where it has none, it gets `value` now and for ever.
  public String getOrPut(String name, String value) {
    return get(name)
        .orElseGet(() ->
            database.write(tx -> {
              tx.update(PUT_NEW, name, value);
              return tx.first(GET, row -> row.text(1), name).orElse(value);
            }));
  }

  @Override
  public Policy load() {
    return new Policy(
        get(WEBHOOKS).map(Boolean::parseBoolean).orElse(Policy.DEFAULT.webhooks()),
        get(IN_DIRECT_MESSAGES)
            .map(Boolean::parseBoolean)
            .orElse(Policy.DEFAULT.webhooksInDirectMessages()));
  }

  @Override
  public void save(Policy policy) {
    database.write(tx ->
        tx.update(PUT, WEBHOOKS, Boolean.toString(policy.webhooks()))
            + tx.update(
                PUT, IN_DIRECT_MESSAGES, Boolean.toString(policy.webhooksInDirectMessages())));
  }
}
