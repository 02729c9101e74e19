package campana.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The repository's own files, seen from a test.
final class DocsFiles {
  private DocsFiles() {}

  static Path root() {
    return Path.of(System.getProperty("campana.root"));
  }

  /// Every `.md` file that is not built or fetched.
  static List<Path> markdown() {
    try (var files = Files.walk(root())) {
      return files
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file ->
              !root()
                  .relativize(file)
                  .toString()
                  .matches(".*(^|/)(target|node_modules|dist|\\..*)/.*"))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
