package campana.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import campana.cli.config.YamlEntries.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/campana.example.yaml` is the reference: it says what the code does, or this fails.
class ExampleConfigTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("campana.root", ".."), "docs", "campana.example.yaml");

  @Test
  void the_example_shows_every_key_and_no_other() throws IOException {
    var shown = entries().keySet().stream().filter(path -> !path.startsWith("relay.")).toList();
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(Keys.ALL.stream().map(Key::path).toList());
  }

  @Test
  void the_example_shows_what_is_usual() throws IOException {
    var entries = entries();
    for (var key : Keys.ALL) {
      var texts =
          switch (entries.getOrDefault(key.path(), new Entry.Nothing(0))) {
            case Entry.Value(_, var text) -> List.of(text);
            case Entry.Values(_, var list) -> list;
            default -> throw new AssertionError(key.path() + ": no value");
          };
      var read = key.reading().apply(texts);
      assertThat(read).as(key.path()).isPresent();
      var none = "".equals(key.usual()) || Optional.empty().equals(key.usual());
      if (!none) { // what is usually not there is shown by an example
        assertThat(read.orElseThrow()).as(key.path()).isEqualTo(key.usual());
      }
    }
  }

  @Test
  void the_example_shows_every_key_of_the_relay_and_no_other() throws IOException {
    var shown =
        entries().keySet().stream()
            .filter(path -> path.startsWith("relay."))
            .map(RelayKeys::general)
            .collect(Collectors.toSet());
    var all = RelayKeys.ALL.stream().map(Key::path).toList();
    assertThat(all).containsAll(shown);
    // what may be written shorter stands there in one of its two forms
    var sections = RelayKeys.sections();
    assertThat(shown)
        .containsAll(
            all.stream()
                .filter(path -> !sections.contains(path))
                .filter(path -> !path.matches(".*\\.map\\.[a-z]+\\.(pointer|default)"))
                .filter(path -> !path.equals("relay.routes.*.map.title"))
                .toList());
  }

  @Test
  void the_example_s_relay_is_valid_once_it_is_no_comment(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("campana.yaml"), relay());
    assertThat(ConfigReader.read(Optional.of(file), Map.of(), Map.of()))
        .isInstanceOf(ConfigRead.Valid.class);
  }

  private static String relay() throws IOException {
    var text = uncommented();
    return text.substring(text.indexOf("\nrelay:") + 1);
  }

  @Test
  void each_key_s_variable_is_named_beside_it() throws IOException {
    var text = Files.readString(EXAMPLE);
    Keys.ALL.forEach(key -> assertThat(text).contains(key.variable()));
  }

  @Test
  void the_example_as_it_stands_is_valid() {
    assertThat(ConfigReader.read(Optional.of(EXAMPLE), Map.of(), Map.of()))
        .isInstanceOf(ConfigRead.Valid.class);
  }

  /// All values, those of lines that begin with `#key:` (no space) too.
  private static Map<String, Entry> entries() throws IOException {
    var text = uncommented();
    var mistakes = new ArrayList<Mistake>();
    var entries = YamlEntries.read("example", text, mistakes);
    assertThat(mistakes).isEmpty();
    return entries.entrySet().stream()
        .filter(entry -> !(entry.getValue() instanceof Entry.Section))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static String uncommented() throws IOException {
    return Files.readString(EXAMPLE)
        .lines()
        .map(line -> line.replaceFirst("^( *)#(?! )", "$1"))
        .collect(Collectors.joining("\n"));
  }
}
