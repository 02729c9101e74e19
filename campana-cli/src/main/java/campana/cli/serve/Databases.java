package campana.cli.serve;

import campana.relay.store.RelaySchema;
import campana.server.store.ChatSchema;
import campana.store.DataFolder;
import campana.store.Database;
import campana.store.PostgresAddress;
import java.nio.file.Files;
import java.util.Optional;

/// The program's two databases: files in the data folder, or schemas of one PostgreSQL.
final class Databases {
  static final String CHAT = "chat";
  static final String RELAY = "relay";

  private final DataFolder folder;
  private final Optional<PostgresAddress> address;
  private final Database.Settings settings;

  /// @param address empty: in the folder
  Databases(DataFolder folder, Optional<PostgresAddress> address, Database.Settings settings) {
    this.folder = folder;
    this.address = address;
    this.settings = settings;
  }

  boolean inFolder() {
    return address.isEmpty();
  }

  /// Whether the server's is in the folder already.
  boolean hasChat() {
    return Files.exists(folder.file(ChatSchema.FILE));
  }

  /// Whether there may be a relay's already. A schema is made with the first start, as another
  /// process may have something for the relay.
  boolean hasRelay() {
    return address.isPresent() || Files.exists(folder.file(RelaySchema.FILE));
  }

  /// @throws campana.store.CannotOpen when it cannot be used
  Database chat() {
    return address
        .map(at -> Database.open(at, CHAT, ChatSchema.migrations(), settings))
        .orElseGet(() -> Database.open(folder, ChatSchema.FILE, ChatSchema.migrations(), settings));
  }

  /// @throws campana.store.CannotOpen when it cannot be used
  Database relay() {
    return address
        .map(at -> Database.open(at, RELAY, RelaySchema.migrations(), settings))
        .orElseGet(
            () -> Database.open(folder, RelaySchema.FILE, RelaySchema.migrations(), settings));
  }
}
