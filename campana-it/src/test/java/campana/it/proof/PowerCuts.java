package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// A data folder on a disk that keeps only what a completed sync covers
/// (src/test/native/powercut.c).
final class PowerCuts {
  /// A server that leaves out what this proves.
  static final Map<String, String> WITHOUT_SYNC =
      Map.of("JAVA_TOOL_OPTIONS", "-Dcampana.sqlite.synchronous=OFF");

  /// A cut within a sync comes within so many.
  private static final int SYNCS = 60;

  private final Path folder;
  private final Path data;
  private final Path disk;
  private final Map<String, String> variables;
  private int starts;

  /// The library that makes the disk, by gcc.
  static Path compile(Path folder) throws IOException, InterruptedException {
    var library = folder.resolve("powercut.so");
    var source =
        Path.of(System.getProperty("campana.root"), "campana-it/src/test/native/powercut.c");
    var gcc =
        new ProcessBuilder(
                "gcc",
                "-O2",
                "-shared",
                "-fPIC",
                "-o",
                library.toString(),
                source.toString(),
                "-ldl",
                "-lpthread")
            .inheritIO()
            .start();
    assertThat(gcc.waitFor()).as("gcc compiles powercut.c").isZero();
    return library;
  }

  /// @param environment of each server besides
  PowerCuts(Path library, Path folder, Map<String, String> environment) throws IOException {
    this.folder = folder;
    data = Files.createDirectory(folder.toRealPath().resolve("data"));
    disk = Files.createDirectory(folder.toRealPath().resolve("disk"));
    variables = new HashMap<>(environment);
    variables.put("LD_PRELOAD", library.toString());
    variables.put("POWERCUT_DATA", data.toString());
    variables.put("POWERCUT_DISK", disk.toString());
  }

  Path data() {
    return data;
  }

  /// A server whose power can be cut.
  ///
  /// @param within whether that comes within a sync, of which only some sectors get through: see
  ///   [#arm]
  CampanaProcess start(Random random, boolean within, String... options) {
    starts++;
    variables.put("POWERCUT_ARM", armed().toString());
    variables.put("POWERCUT_AT", String.valueOf(within ? 1 + random.nextInt(SYNCS) : -1));
    variables.put("POWERCUT_SEED", String.valueOf(random.nextInt(1 << 30)));
    return CampanaProcess.start(List.of(), variables, data, options);
  }

  private Path armed() {
    return folder.resolve("arm-" + starts);
  }

  /// From now on its syncs are counted, and one of the next ones is the last.
  void arm() {
    try {
      Files.createFile(armed());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// After its end: the data folder is what the disk has.
  void goOnWithTheDisk() throws IOException, InterruptedException {
    run("rm", "-rf", data.toString());
    run("cp", "-r", disk.toString(), data.toString());
  }

  /// What was written without this disk is on it, too.
  void keepAll() throws IOException, InterruptedException {
    run("rm", "-rf", disk.toString());
    run("cp", "-r", data.toString(), disk.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    var process = new ProcessBuilder(command).start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }
}
