package campana.it;

import static org.assertj.core.api.Assertions.assertThat;

import campana.cli.command.Root;
import campana.cli.command.Shell;
import campana.cli.config.Keys;
import campana.cli.config.RelayKeys;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The documents tell the truth of the code, as far as a program can see that.
class DocsTest {
  private static final Pattern LINK = Pattern.compile("!?\\[[^]]*]\\(([^)\\s]+)\\)");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.*)$");
  private static final Pattern CITATION =
      Pattern.compile("docs/([a-z-]+\\.md)(?:[^«»)*]{0,12}«([^»]+)»)?");

  private static final Pattern INLINE = Pattern.compile("`(?:\\./)?campana ([^`\n]+)`");
  private static final Pattern LINE =
      Pattern.compile("(?m)^(?:\\$ )?(?:\\./|/\\S+/)?campana ([a-z-].*)$");

  @Test
  void every_relative_link_leads_somewhere() {
    var broken = new ArrayList<String>();
    for (var page : DocsFiles.markdown()) {
      var text = FENCE.matcher(DocsFiles.read(page)).replaceAll("");
      LINK.matcher(text)
          .results()
          .map(found -> found.group(1))
          .filter(target -> !target.matches("[a-z]+:.*"))
          .filter(target -> !resolves(page, target))
          .forEach(target -> broken.add(DocsFiles.root().relativize(page) + " → " + target));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void every_heading_that_the_code_cites_is_there() throws IOException {
    var broken = new ArrayList<String>();
    for (var source : sources()) {
      var text = DocsFiles.read(source).replaceAll("\\s+(?:///?|\\*|--)?\\s*", " ");
      CITATION
          .matcher(text)
          .results()
          .filter(found -> !cited(found.group(1), found.group(2)))
          .forEach(
              found -> broken.add(DocsFiles.root().relativize(source) + " → " + found.group()));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void every_config_key_stands_in_operations_with_its_variable() {
    var page = DocsFiles.read(DocsFiles.root().resolve("docs/operations.md"));
    for (var key : Keys.ALL) {
      assertThat(page).contains("`" + key.path() + "`").contains("`" + key.variable() + "`");
    }
  }

  @Test
  void every_config_key_of_the_relay_stands_in_its_page() {
    var page = DocsFiles.read(DocsFiles.root().resolve("docs/relay.md"));
    for (var key : RelayKeys.ALL) {
      var either = key.path().matches(".*\\.map\\.[a-z]+\\.(pointer|default)");
      if (!either) {
        assertThat(page).contains("`" + key.path().replace("*", "NAME") + "`");
      }
    }
  }

  @Test
  void every_command_that_a_page_shows_is_there_with_its_flags() {
    var wrong = new ArrayList<String>();
    var found = 0;
    for (var page : DocsFiles.markdown()) {
      for (var line : commands(DocsFiles.read(page))) {
        found++;
        complaint(line).ifPresent(why -> wrong.add(page.getFileName() + ": " + why));
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(found).isGreaterThan(20);
  }

  /// What stands behind `campana`, in code of every kind.
  private static List<String> commands(String text) {
    return Stream.of(INLINE, LINE)
        .flatMap(pattern -> pattern.matcher(text).results())
        .map(command -> command.group(1).strip())
        .toList();
  }

  private static Optional<String> complaint(String line) {
    var tokens = List.of(line.split(" +"));
    var all = tokens.stream().takeWhile(token -> token.matches("[a-z][a-z-]*")).limit(3).toList();
    var words = all.subList(0, Math.min(1, all.size()));
    var help = help(words);
    while (words.size() < all.size() && help.lines().findFirst().orElse("").contains("COMMAND")) {
      words = all.subList(0, words.size() + 1);
      help = help(words);
    }
    var usage =
        String.join(" ", Stream.concat(Stream.of("Usage: campana"), words.stream()).toList());
    if (!help.startsWith(usage)) {
      return Optional.of("no command «" + String.join(" ", words) + "» of «" + line + "»");
    }
    for (var token : tokens) {
      var flag = token.replaceFirst("[=\\]].*", "").replaceFirst("^\\[", "");
      if (flag.startsWith("--") && !help.contains(flag)) {
        return Optional.of("no flag " + flag + " of «" + line + "»");
      }
    }
    return Optional.empty();
  }

  private static String help(List<String> words) {
    var out = new ByteArrayOutputStream();
    var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    var shell =
        new Shell(
            Map.of(),
            InputStream.nullInputStream(),
            stream,
            stream,
            InstantSource.system(),
            false,
            false);
    Root.run(shell, Stream.concat(words.stream(), Stream.of("--help")).toList());
    return out.toString(StandardCharsets.UTF_8);
  }

  private static boolean cited(String page, String heading) {
    var file = DocsFiles.root().resolve("docs").resolve(page);
    return Files.exists(file)
        && (heading == null || anchors(DocsFiles.read(file)).contains(anchor(heading)));
  }

  private static boolean resolves(Path page, String target) {
    var hash = target.indexOf('#');
    var file = hash < 0 ? target : target.substring(0, hash);
    var there = file.isEmpty() ? page : page.resolveSibling(file);
    if (!Files.exists(there)) {
      return false;
    }
    return hash < 0 || anchors(DocsFiles.read(there)).contains(target.substring(hash + 1));
  }

  private static List<String> anchors(String text) {
    return HEADING
        .matcher(FENCE.matcher(text).replaceAll(""))
        .results()
        .map(found -> anchor(found.group(1)))
        .toList();
  }

  /// As GitHub makes them.
  private static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private static List<Path> sources() throws IOException {
    try (var files = Files.walk(DocsFiles.root())) {
      return files
          .filter(file -> file.toString().contains("/src/"))
          .filter(file -> file.toString().matches(".*\\.(java|jte|sql|js|css)"))
          .toList();
    }
  }
}
