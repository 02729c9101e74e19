package campana.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// What a stranger waits for: from an empty folder to the first 200, at rest, and the first build.
final class StartBench {
  private static final int ROUNDS = 5;

  private StartBench() {}

  static void run(Path root, Path scratch) throws IOException, InterruptedException {
    var starts = new double[ROUNDS];
    var memory = new double[ROUNDS];
    var bare = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      var version = System.nanoTime();
      new ProcessBuilder(root.resolve("campana").toString(), "--version")
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
      bare[i] = (System.nanoTime() - version) / 1e6;
      var data = Files.createTempDirectory(scratch, "start-");
      var from = System.nanoTime();
      try (var server = new Serving(root, data)) {
        server.call("GET", "/healthz", "");
        starts[i] = (System.nanoTime() - from) / 1e6;
        TimeUnit.SECONDS.sleep(3);
        memory[i] = server.residentMiB();
      }
    }
    System.out.printf(
        "start to first 200 with an empty folder: %.0f ms (campana --version: %.0f ms); idle memory: %.0f MiB%n",
        PostBench.median(starts), PostBench.median(bare), PostBench.median(memory));
  }

  /// Builds a copy of the tracked sources as `./campana` does on a fresh machine, with an empty
  /// Maven cache.
  static void coldBuild(Path root, Path scratch) throws IOException, InterruptedException {
    var copy = Files.createTempDirectory(scratch, "cold-");
    var clone =
        new ProcessBuilder(
                "git", "clone", "-q", root.toString(), copy.resolve("campana").toString())
            .inheritIO()
            .start();
    if (clone.waitFor() != 0) {
      throw new IOException("git clone failed");
    }
    var builder =
        new ProcessBuilder("./campana", "--version").directory(copy.resolve("campana").toFile());
    builder.environment().put("MAVEN_OPTS", "-Dmaven.repo.local=" + copy.resolve("cache"));
    var from = System.nanoTime();
    var code =
        builder
            .redirectErrorStream(true)
            .redirectOutput(copy.resolve("out").toFile())
            .start()
            .waitFor();
    System.out.printf(
        "cold build of ./campana with an empty Maven cache: %.0f s (exit code %d)%n",
        (System.nanoTime() - from) / 1e9, code);
    new ProcessBuilder("rm", "-rf", copy.toString()).start().waitFor();
  }
}
