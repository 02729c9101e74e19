package campana.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What docs/client.md shows is Java 11 that compiles.
class ClientDocsTest {
  private static final Path ROOT = Path.of(System.getProperty("campana.root", ".."));
  private static final Pattern SNIPPET = Pattern.compile("(?s)```java\n(.*?)```");
  private static final String AROUND =
      """
      import campana.client.*;
      import campana.client.card.*;
      import java.time.Duration;
      class Snippet {
        void run(WebhookClient chat, String url) {
      SNIPPET
        }
      }
      """;

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @MethodSource
  void every_snippet_compiles(String snippet) {
    var whole = snippet.contains("class Ring") ? snippet : AROUND.replace("SNIPPET", snippet);
    var name = snippet.contains("class Ring") ? "Ring" : "Snippet";
    var file =
        new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return whole;
          }
        };
    var said = new StringWriter();
    var options =
        List.of(
            "--release",
            "11",
            "-Xlint:all,-options,-classfile",
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString());
    var compiled =
        ToolProvider.getSystemJavaCompiler()
            .getTask(said, null, null, options, null, List.of(file))
            .call();
    assertThat(compiled).as(said.toString()).isTrue();
  }

  static Stream<String> every_snippet_compiles() throws IOException {
    var found = new ArrayList<String>();
    var matcher = SNIPPET.matcher(Files.readString(ROOT.resolve("docs/client.md")));
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    assertThat(found).hasSizeGreaterThan(10);
    return found.stream();
  }
}
