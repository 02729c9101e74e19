package campana.it;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The server's classes, made ready once in a run of the tests, so that each further start costs
/// half as much. The JVM does this for jars alone, which `make test` and `make proofs` have; where
/// the class path names folders, a start is as ever.
final class ClassArchive {
  /// Without the folders of this module, which hold the tests alone.
  static final String CLASS_PATH =
      Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
          .filter(entry -> !entry.matches(".*(/test-classes|/campana-it/target/classes)/?"))
          .collect(Collectors.joining(File.pathSeparator));

  private static final String QUIET = "-Xlog:disable";

  private ClassArchive() {}

  private static final class Made {
    static final List<String> OPTIONS = make();
  }

  /// What a server's JVM takes to use it. The first call makes it, which takes as long as a start
  /// and an end.
  static List<String> options() {
    return Made.OPTIONS;
  }

  private static List<String> make() {
    if (Stream.of(CLASS_PATH.split(File.pathSeparator)).anyMatch(entry -> !isJar(entry))) {
      return List.of();
    }
    try {
      var folder = Files.createTempDirectory("campana-classes-");
      var archive = folder.resolve("campana.jsa");
      var config = folder.resolve("campana.yaml");
      Files.writeString(
          config,
          """
          relay:
            upstream: { url: "https://chat.googleapis.com" }
            destinations:
              ops: { webhook: "https://chat.googleapis.com/v1/spaces/A/messages?key=K&token=T" }
            routes:
              texts: { source: text, auth: none, to: [ops], when: "false" }
          """);
      var record = List.of(QUIET, "-XX:ArchiveClassesAtExit=" + archive);
      try (var server =
          CampanaProcess.start(record, folder.resolve("data"), "--config", config.toString())) {
        var space = server.space("Warm");
        server.post(server.address().resolve(space.path()).toString(), "{\"text\":\"warm\"}");
        server.post(server.address() + "/in/texts", "warm");
        server.stop();
      }
      archive.toFile().deleteOnExit();
      return Files.exists(archive) ? List.of(QUIET, "-XX:SharedArchiveFile=" + archive) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isJar(String entry) {
    return Files.isRegularFile(Path.of(entry));
  }
}
