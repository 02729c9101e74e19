package campana.cli.config;

/// One thing that is wrong with a config, as a person reads it.
///
/// @param where `campana.yaml:7`, `CAMPANA_QUOTA_RATE` or `--quota-rate`
/// @param key the key's whole path, `server.quota.rate`; empty where the file as such is meant
/// @param text what was wanted, and what stood there
public record Mistake(String where, String key, String text) {
  /// One line: place, key, wish.
  public String line() {
    return key.isEmpty() ? where + ": " + text : where + ": " + key + ": " + text;
  }
}
