package campana.cli.config;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// One setting of the `server:` section.
///
/// @param path from the file's root, `server.quota.rate`
/// @param list whether the file has a list here; in a variable the values stand between commas
/// @param wish what a value looks like, told whenever one does not
/// @param secret whether its value is never told, not even where it is wrong
/// @param usual what holds where nobody says otherwise
/// @param reading from the texts (one, unless `list`) to the value; empty where they are not as
///   wished
public record Key<T>(
    String path,
    boolean list,
    boolean secret,
    String wish,
    T usual,
    Function<List<String>, Optional<T>> reading) {

  static <T> Key<T> one(String path, T usual, String wish, Function<String, Optional<T>> reading) {
    return new Key<>(path, false, false, wish, usual, texts -> reading.apply(texts.getFirst()));
  }

  static <T> Key<List<T>> many(
      String path, String wish, Function<List<String>, Optional<List<T>>> reading) {
    return new Key<>(path, true, false, wish, List.of(), reading);
  }

  /// One that holds a password, or may.
  static <T> Key<T> secret(
      String path, T usual, String wish, Function<String, Optional<T>> reading) {
    return new Key<>(path, false, true, wish, usual, texts -> reading.apply(texts.getFirst()));
  }

  /// The variable that stands in for it: `server.quota.rate` → `CAMPANA_QUOTA_RATE`.
  public String variable() {
    return "CAMPANA_"
        + path.substring("server.".length())
            .toUpperCase(Locale.ROOT)
            .replace('.', '_')
            .replace('-', '_');
  }
}
