package campana.cli.config;

import campana.cli.config.YamlEntries.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/// The values of a file that no flag and no variable stands in for, with what is wrong with them.
final class FileValues {
  private final Map<String, Entry> entries;
  private final Placeholders placeholders;
  private final BiConsumer<Integer, Wrong> wrong;

  /// What is wrong at a path.
  record Wrong(String path, String text) {}

  /// @param wrong takes a line and what is wrong there
  FileValues(
      Map<String, Entry> entries, Placeholders placeholders, BiConsumer<Integer, Wrong> wrong) {
    this.entries = entries;
    this.placeholders = placeholders;
    this.wrong = wrong;
  }

  boolean has(String path) {
    return entries.containsKey(path) && !(entries.get(path) instanceof Entry.Nothing);
  }

  boolean isSection(String path) {
    return entries.get(path) instanceof Entry.Section;
  }

  /// The names that stand below a section.
  List<String> below(String section) {
    return entries.keySet().stream()
        .filter(path -> path.startsWith(section + "."))
        .map(path -> path.substring(section.length() + 1))
        .filter(name -> !name.contains("."))
        .toList();
  }

  /// The value of a key, or what is usual.
  ///
  /// @param name what stands for `*` in the key's path
  <T> T value(Key<T> key, String name) {
    var path = key.path().replace("*", name);
    var entry = entries.get(path);
    if (entry == null || entry instanceof Entry.Nothing) {
      return key.usual();
    }
    var unresolved = new ArrayList<String>();
    var texts =
        texts(key, entry).stream()
            .map(text -> placeholders.resolve(text, unresolved).strip())
            .toList();
    unresolved.forEach(why -> wrong(path, why));
    if (!unresolved.isEmpty() || entry instanceof Entry.Section) {
      if (entry instanceof Entry.Section) {
        wrong(path, "wanted " + key.wish() + ", got a section");
      }
      return key.usual();
    }
    var read = key.reading().apply(texts);
    if (read.isEmpty()) {
      wrong(path, "wanted " + key.wish() + (RelayKeys.secret(key) ? "" : got(key, entry)));
    }
    return read.orElse(key.usual());
  }

  private static List<String> texts(Key<?> key, Entry entry) {
    return switch (entry) {
      case Entry.Value(_, var text) -> List.of(text);
      case Entry.Values(_, var list) -> key.list() ? list : List.of("a list");
      case Entry.Section _, Entry.Nothing _ -> List.of();
    };
  }

  // As it stands in the file: what came from a variable is not shown.
  private static String got(Key<?> key, Entry entry) {
    return ", got «" + String.join(", ", texts(key, entry)) + "»";
  }

  /// Complains about a path, at its line or at that of the section it is missing in.
  void wrong(String path, String text) {
    var at = path;
    while (!entries.containsKey(at) && at.contains(".")) {
      at = at.substring(0, at.lastIndexOf('.'));
    }
    var entry = entries.get(at);
    wrong.accept(entry == null ? 1 : entry.line(), new Wrong(path, text));
  }
}
