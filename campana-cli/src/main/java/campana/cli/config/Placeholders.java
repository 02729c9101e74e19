package campana.cli.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads `${VAR}` and `${file:PATH}` in. `$${` stands for `${` itself.
final class Placeholders {
  private static final Pattern PLACEHOLDER =
      Pattern.compile("\\$(\\$\\{)|\\$\\{(file:)?([^}]*)}|\\$\\{");

  private final Map<String, String> environment;
  private final Path folder;

  /// @param folder what a relative `file:` path starts from
  Placeholders(Map<String, String> environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  static boolean in(String raw) {
    return raw.contains("${");
  }

  /// The text with every placeholder replaced, once: what comes out of a variable is not read
  /// again.
  ///
  /// @param wrong what cannot be resolved is added here, without any value
  String resolve(String raw, List<String> wrong) {
    return PLACEHOLDER
        .matcher(raw)
        .replaceAll(found -> Matcher.quoteReplacement(value(found, wrong)));
  }

  private String value(java.util.regex.MatchResult found, List<String> wrong) {
    if (found.group(1) != null) {
      return "${";
    }
    var name = found.group(3);
    if (name == null || name.isBlank()) {
      wrong.add("wanted ${NAME} or ${file:PATH}, closed with }");
      return "";
    }
    if (found.group(2) != null) {
      return file(name.strip(), wrong);
    }
    var value = environment.get(name.strip());
    if (value == null) {
      wrong.add("the variable " + name.strip() + " is not set");
      return "";
    }
    return value;
  }

  private String file(String name, List<String> wrong) {
    try {
      return Files.readString(folder.resolve(name)).stripTrailing();
    } catch (IOException | InvalidPathException e) {
      wrong.add("the file " + name + " cannot be read");
      return "";
    }
  }
}
