package campana.cli.serve;

import campana.relay.store.RelaySchema;
import campana.server.store.ChatSchema;
import campana.store.Vault;
import java.util.List;

/// What a backup holds, by name.
public final class BackupNames {
  static final String CONFIG = "campana.yaml";
  static final String KEY = Vault.KEY_FILE;

  /// The file without which it is no backup.
  public static final String NEEDED = ChatSchema.FILE;

  /// All that is taken out of one.
  public static final List<String> ALL = List.of(ChatSchema.FILE, RelaySchema.FILE, KEY, CONFIG);

  private BackupNames() {}

  /// A name with what it is.
  public static String told(String name) {
    return switch (name) {
      case ChatSchema.FILE -> name + ": spaces, webhooks, people, messages";
      case RelaySchema.FILE -> name + ": what waits to be delivered, and what was";
      case KEY -> name + ": the key that opens its secrets";
      case CONFIG -> name + ": the config";
      default -> name;
    };
  }
}
