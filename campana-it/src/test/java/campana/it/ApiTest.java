package campana.it;

import static org.assertj.core.api.Assertions.assertThat;

import campana.client.Message;
import campana.wire.WebhookUrl;
import japicmp.cmp.JApiCmpArchive;
import japicmp.cmp.JarArchiveComparator;
import japicmp.cmp.JarArchiveComparatorOptions;
import japicmp.model.JApiChangeStatus;
import japicmp.model.JApiClass;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/// What programs build on stays: the libraries are compared with the API that `make api` kept of
/// the last release.
class ApiTest {
  private static final Path KEPT =
      Path.of(System.getProperty("campana.root", "..")).resolve("campana-client/api");

  @Test
  void nothing_that_programs_use_was_taken_away_or_changed() {
    assertThat(broken(_ -> true)).isEmpty();
  }

  @Test
  void a_class_that_is_gone_would_be_seen() {
    assertThat(broken(name -> !name.endsWith("/WebhookUrl.class")))
        .anyMatch(line -> line.startsWith("campana.wire.WebhookUrl"));
  }

  private static List<String> broken(Predicate<String> keep) {
    var options = new JarArchiveComparatorOptions();
    options.getIgnoreMissingClasses().setIgnoreAllMissingClasses(true); // jackson, jspecify
    var now =
        List.of(
            new JApiCmpArchive(jar(WebhookUrl.class, keep), "campana-wire", "now"),
            new JApiCmpArchive(jar(Message.class, keep), "campana-client", "now"));
    return new JarArchiveComparator(options)
        .compare(kept(), now).stream()
            .filter(type -> !type.isBinaryCompatible() || !type.isSourceCompatible())
            .map(ApiTest::line)
            .toList();
  }

  private static String line(JApiClass type) {
    var changes =
        type.getMethods().stream()
            .filter(method -> method.getChangeStatus() != JApiChangeStatus.UNCHANGED)
            .map(method -> method.getChangeStatus() + " " + method.getName())
            .toList();
    return type.getFullyQualifiedName() + ": " + type.getChangeStatus() + " " + changes;
  }

  private static List<JApiCmpArchive> kept() {
    try (var files = Files.list(KEPT)) {
      var jars = files.filter(file -> file.toString().endsWith(".jar")).toList();
      assertThat(jars).hasSize(2);
      return jars.stream().map(file -> new JApiCmpArchive(file.toFile(), "kept")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The module that the class is of, as Maven has just built it: a folder of classes or a jar.
  private static byte[] jar(Class<?> of, Predicate<String> keep) {
    var bytes = new ByteArrayOutputStream();
    try {
      var built = Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
      if (Files.isDirectory(built)) {
        pack(built, keep, bytes);
      } else {
        try (var inside = FileSystems.newFileSystem(built)) {
          pack(inside.getPath("/"), keep, bytes);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private static void pack(Path classes, Predicate<String> keep, OutputStream to)
      throws IOException {
    try (var files = Files.walk(classes);
        var jar = new JarOutputStream(to)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var name = classes.relativize(file).toString();
        if (keep.test(name)) {
          jar.putNextEntry(new ZipEntry(name));
          Files.copy(file, jar);
          jar.closeEntry();
        }
      }
    }
  }
}
