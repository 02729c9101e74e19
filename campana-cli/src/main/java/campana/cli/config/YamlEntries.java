package campana.cli.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/// A YAML text as flat entries, each with its line: `server.quota.rate` → `1/s`, line 7. Sections
/// are entries too, so that a section where a value is wanted can be told from nothing at all.
final class YamlEntries {
  /// What stands under one key.
  sealed interface Entry {
    /// From 1.
    int line();

    record Section(int line) implements Entry {}

    record Value(int line, String text) implements Entry {}

    record Values(int line, List<String> texts) implements Entry {}

    /// `key:` and nothing behind it.
    record Nothing(int line) implements Entry {}
  }

  private static final Pattern PLACE =
      Pattern.compile("(.+)\\R in reader, line (\\d{1,9}), column ");

  private final String file;
  private final List<Mistake> mistakes;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Deque<String> path = new ArrayDeque<>();

  private YamlEntries(String file, List<Mistake> mistakes) {
    this.file = file;
    this.mistakes = mistakes;
  }

  /// Reads a text; what is wrong with it as YAML goes into `mistakes`.
  ///
  /// @param file how mistakes call it
  static Map<String, Entry> read(String file, String text, List<Mistake> mistakes) {
    var reader = new YamlEntries(file, mistakes);
    try (var yaml = (YAMLParser) new YAMLFactory().createParser(ObjectReadContext.empty(), text)) {
      reader.document(yaml);
    } catch (JacksonException e) {
      mistakes.add(notYaml(file, e));
    }
    return reader.entries;
  }

  private void document(YAMLParser yaml) {
    var first = yaml.nextToken();
    if (first == null || first == JsonToken.VALUE_NULL) {
      return; // an empty file is a config in which everything has its usual value
    }
    if (first != JsonToken.START_OBJECT) {
      mistakes.add(new Mistake(file + ":1", "", "wanted a section such as «server:»"));
      return;
    }
    section(yaml);
    if (yaml.nextToken() != null) {
      mistakes.add(new Mistake(file + ":" + line(yaml), "", "wanted one YAML document, not two"));
    }
  }

  private void section(YAMLParser yaml) {
    while (yaml.nextToken() == JsonToken.PROPERTY_NAME) {
      var line = line(yaml);
      path.addLast(yaml.currentName());
      var key = String.join(".", path);
      var entry = entry(yaml, line, key);
      if (entries.putIfAbsent(key, entry) != null) {
        mistakes.add(new Mistake(file + ":" + line, key, "stands twice; keep one"));
      }
      if (entry instanceof Entry.Section) {
        section(yaml);
      }
      path.removeLast();
    }
  }

  private Entry entry(YAMLParser yaml, int line, String key) {
    return switch (yaml.nextToken()) {
      case START_OBJECT -> new Entry.Section(line);
      case START_ARRAY -> list(yaml, line, key);
      case VALUE_NULL -> new Entry.Nothing(line);
      default -> new Entry.Value(line, scalar(yaml, key));
    };
  }

  private Entry list(YAMLParser yaml, int line, String key) {
    var texts = new ArrayList<String>();
    for (var token = yaml.nextToken(); token != JsonToken.END_ARRAY; token = yaml.nextToken()) {
      if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
        texts.add(scalar(yaml, key));
      } else {
        mistakes.add(new Mistake(file + ":" + line(yaml), key, "wanted a list of single values"));
        yaml.skipChildren();
      }
    }
    return new Entry.Values(line, List.copyOf(texts));
  }

  private String scalar(YAMLParser yaml, String key) {
    if (yaml.isCurrentAlias()) {
      mistakes.add(
          new Mistake(
              file + ":" + line(yaml), key, "YAML aliases (*name) are not read; write it out"));
    }
    return yaml.getString();
  }

  private static int line(YAMLParser yaml) {
    return Math.max(1, yaml.currentTokenLocation().getLineNr());
  }

  /// The reader's text tells where it began first, and what is wrong where last.
  private static Mistake notYaml(String file, JacksonException e) {
    var why = e.getOriginalMessage().lines().findFirst().orElse("").strip();
    var at = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
    var place = PLACE.matcher(e.getOriginalMessage());
    while (place.find()) {
      why = place.group(1).strip();
      at = Integer.parseInt(place.group(2));
    }
    return new Mistake(file + ":" + at, "", "not YAML: " + why);
  }
}
