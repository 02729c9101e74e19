package campana.cli.serve;

import campana.relay.store.RelayMove;
import campana.relay.store.RelaySchema;
import campana.server.store.ChatMove;
import campana.server.store.ChatSchema;
import campana.store.CannotOpen;
import campana.store.DataFolder;
import campana.store.Move;
import campana.store.PostgresAddress;
import campana.store.Vault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/// What a data folder's files hold goes into a PostgreSQL, with the server stopped.
public final class Moving {
  private static final List<Move.Part> PARTS =
      List.of(
          new Move.Part(ChatSchema.FILE, Databases.CHAT, ChatSchema.migrations(), new ChatMove()),
          new Move.Part(
              RelaySchema.FILE, Databases.RELAY, RelaySchema.migrations(), new RelayMove()));

  private Moving() {}

  /// What became of it.
  ///
  /// @param rows by `schema.table`
  /// @param key the file that the new database needs, too
  public record Moved(SortedMap<String, Long> rows, Path key) {}

  /// @throws CannotOpen when something stands against it; nothing was moved then
  public static Moved run(
      Path from, PostgresAddress to, Map<String, String> environment, Move.Progress progress) {
    if (!Files.exists(from.resolve(ChatSchema.FILE))) {
      throw new CannotOpen(from + ": there is no " + ChatSchema.FILE + " in it");
    }
    try (var folder = DataFolder.hold(from)) {
      var vault =
          Vault.open(Serving.keyFile(folder.path(), environment), false, new SecureRandom());
      return new Moved(Move.run(folder, PARTS, to, vault, progress), vault.file());
    }
  }
}
