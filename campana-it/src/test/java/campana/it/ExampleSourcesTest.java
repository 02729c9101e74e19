package campana.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The examples run where their pages say so, also on languages older than those at hand here.
class ExampleSourcesTest {
  @TempDir Path scratch;

  @Test
  void the_python_samples_are_python_3_6() {
    var check =
        "import ast,sys\nfor f in sys.argv[1:]: ast.parse(open(f).read(), f, feature_version=(3, 6))";
    var files = files("python", ".py");
    var command =
        Stream.concat(
            Stream.of(ExampleLanguage.python(), "-c", check), files.stream().map(Path::toString));

    var run = ExampleRun.of(scratch, command.toArray(String[]::new));

    assertThat(files).hasSize(3);
    assertThat(run).isEqualTo(new ExampleRun(0, ""));
  }

  @Test
  void the_node_samples_use_nothing_that_came_after_node_14() {
    var files = files("node", ".js");
    assertThat(files).hasSize(3);
    for (var file : files) {
      assertThat(DocsFiles.read(file))
          .as(file.toString())
          .doesNotContainPattern(
              "\\bfetch\\b|node:|\\?\\?=|\\|\\|=|&&=|\\.at\\(|replaceAll|randomUUID|structuredClone"
                  + "|AbortSignal|timers/promises|^await|import ");
    }
  }

  @Test
  void the_apps_script_page_says_where_it_runs() {
    assertThat(DocsFiles.read(DocsFiles.root().resolve("examples/apps-script/README.md")))
        .contains("run at Google", "reachable from the internet");
  }

  private static List<Path> files(String folder, String ending) {
    try (var files = Files.list(DocsFiles.root().resolve("examples").resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
