package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that keeps only what a completed sync covers (src/test/native/powercut.c): after each cut
/// the server goes on with that disk, and every 200 must be on it.
@Tag("proofs")
final class PowerCutTest {
  private static final int CUTS = Integer.getInteger("campana.cuts", 10);

  private static Path library;

  @BeforeAll
  static void compile(@TempDir Path folder) throws Exception {
    library = folder.resolve("powercut.so");
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
  }

  @Test
  void after_a_power_cut_every_answered_post_is_there(@TempDir Path folder) throws Exception {
    assertThat(lostAfterCuts(folder, Map.of(), true)).isNull();
  }

  @Test
  void the_proof_sees_what_a_database_without_sync_loses(@TempDir Path folder) throws Exception {
    assertThat(
            lostAfterCuts(
                folder, Map.of("JAVA_TOOL_OPTIONS", "-Dcampana.sqlite.synchronous=OFF"), false))
        .as("with synchronous=OFF the cut must lose answered posts")
        .isNotNull();
  }

  /// @param withinSyncs whether every second cut comes within a sync, of which only some sectors
  ///   get through
  /// @return what was wrong after the cuts, or null
  private static @Nullable Throwable lostAfterCuts(
      Path folder, Map<String, String> environment, boolean withinSyncs) throws Exception {
    var seed = Long.getLong("campana.seed", System.nanoTime());
    var random = new Random(seed);
    var posters = new Posters();
    var data = Files.createDirectory(folder.toRealPath().resolve("data"));
    var disk = Files.createDirectory(folder.toRealPath().resolve("disk"));
    var variables = new HashMap<>(environment);
    variables.put("LD_PRELOAD", library.toString());
    variables.put("POWERCUT_DATA", data.toString());
    variables.put("POWERCUT_DISK", disk.toString());
    try {
      for (int cut = 1; cut <= CUTS; cut++) {
        var within = withinSyncs && cut % 2 == 0;
        var arm = folder.resolve("arm-" + cut);
        variables.put("POWERCUT_ARM", arm.toString());
        variables.put("POWERCUT_AT", String.valueOf(within ? 1 + random.nextInt(60) : -1));
        variables.put("POWERCUT_SEED", String.valueOf(random.nextInt(1 << 30)));
        try (var server = CampanaProcess.start(List.of(), variables, data)) {
          posters.repeatUnanswered(server);
          posters.postUntil(
              server,
              16,
              2,
              () -> {
                if (within) {
                  touch(arm);
                  server.awaitEnd();
                } else {
                  posters.awaitPromised(1 + random.nextInt(300), Duration.ofSeconds(10));
                  server.kill();
                }
              });
        }
        delete(data);
        copy(disk, data);
      }
      try (var server = CampanaProcess.start(data)) {
        posters.check(server);
      }
    } catch (IllegalStateException | AssertionError e) {
      return e;
    }
    System.out.printf(
        "seed %d: %d cuts, %d posts promised and found, %d unanswered%n",
        seed, CUTS, posters.promised(), posters.unanswered());
    assertThat(posters.promised()).isGreaterThan(CUTS);
    return null;
  }

  private static void touch(Path file) {
    try {
      Files.createFile(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException, InterruptedException {
    assertThat(
            new ProcessBuilder("rm", "-rf", folder.toString())
                .start()
                .waitFor(30, TimeUnit.SECONDS))
        .isTrue();
  }

  private static void copy(Path from, Path to) throws IOException, InterruptedException {
    assertThat(new ProcessBuilder("cp", "-r", from.toString(), to.toString()).start().waitFor())
        .isZero();
  }
}
