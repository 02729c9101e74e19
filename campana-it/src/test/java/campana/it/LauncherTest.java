package campana.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./campana` and what it promises to scripts, in processes of its own.
class LauncherTest {
  private static final Path ROOT = Path.of(System.getProperty("campana.root", ".."));

  @TempDir Path folder = Path.of("");

  private record Ran(int exitCode, String out, String err) {}

  @Test
  void the_jdk_that_campana_java_names_is_run_with_our_flags() throws Exception {
    var jdk = jdk("25.0.1");
    var ran = run(Map.of("CAMPANA_JAVA", jdk.toString()), "serve", "--port", "0");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out())
        .contains(
            "--enable-native-access=ALL-UNNAMED", "-XX:+UseG1GC", "campana.jar serve --port 0");
    assertThat(run(Map.of("CAMPANA_JAVA", jdk + "/bin/java"), "space", "list").out())
        .contains("-XX:+UseSerialGC", "campana.jar space list");
  }

  @Test
  void who_looks_on_is_told_by_either_stream() throws Exception {
    var jvm = ". '" + ROOT.resolve("tools/jvm.sh").toAbsolutePath() + "'; campana_jvm none send; ";
    var flags = jvm + "echo \"${CAMPANA_JVM[*]}\"";
    assertThat(bash(Map.of(), flags).out()).doesNotContain("campana.terminal", "campana.watched");
    var kept = folder.resolve("kept");
    var script = Files.writeString(folder.resolve("s.sh"), "{ " + flags + "; } >'" + kept + "'\n");
    bash(Map.of(), "script -qec 'bash " + script + "' /dev/null </dev/null");
    assertThat(kept).content().contains("campana.watched").doesNotContain("campana.terminal");
  }

  @Test
  void an_older_jdk_is_passed_over() throws Exception {
    var ran =
        run(
            Map.of("CAMPANA_JAVA", jdk("21.0.2").toString(), "JAVA_HOME", jdk("25").toString()),
            "doctor");
    assertThat(ran.out()).contains("campana.jar doctor");
  }

  @Test
  void without_a_jdk_25_one_line_says_what_is_there_and_how_to_get_it() throws Exception {
    var old = jdk("17.0.9");
    var script =
        ". '"
            + ROOT.resolve("tools/jdk25.sh").toAbsolutePath()
            + "'; campana_try_jdk '"
            + old
            + "'; campana_no_jdk";
    var ran = bash(Map.of(), script);
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err())
        .startsWith("campana: needs JDK 25; found 17.0.9 in " + old + ". Install it: ");
  }

  @Test
  void a_stranger_s_first_minutes() throws Exception {
    var data = folder.resolve("data").toString();
    try (var server = CampanaProcess.start(folder.resolve("data"))) {
      var out = server.output();
      assertThat(out).containsPattern("(?m)^Read +http\\S+/sign-in/\\S+");
      var curl = out.lines().filter(line -> line.contains("curl -sS ")).findFirst().orElseThrow();
      var posted = bash(Map.of(), curl.substring(curl.indexOf("curl -sS ")));
      assertThat(posted.out()).contains("\"name\"").contains("spaces/cmp");

      var url = curl.replaceAll(".*'(http[^']*)'.*", "$1");
      var refused = run(Map.of("CAMPANA_WEBHOOK_URL", url + "x"), "send", "Hello");
      assertThat(refused.exitCode()).isEqualTo(17);
      assertThat(refused.err().lines()).as("one line, and no log beside it").hasSize(1);

      var file = folder.resolve("data/server.json");
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(run(Map.of(), "space", "list", "--data", data).out()).contains("Quickstart");
      assertThat(server.errors()).doesNotContain("token=", "sign-in/");

      hangUp(server, "server: { quota: { rate: 7/s } }");
      assertThat(server.stop()).isIn(0, 143);
    }
    var gone = run(Map.of(), "space", "list", "--data", data);
    assertThat(gone.exitCode()).isEqualTo(3);
    assertThat(gone.err()).contains("no Campana answers at http://127.0.0.1:");
  }

  /// SIGHUP takes a changed config over.
  private void hangUp(CampanaProcess server, String config) throws Exception {
    Files.writeString(folder.resolve("data/campana.yaml"), config);
    bash(Map.of(), "kill -HUP " + server.process().pid());
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(server.call("GET", "/v1/spaces", "").toString()).contains("\"7/s\""));
  }

  /// A folder that looks like a JDK, whose java prints what it was called with.
  private Path jdk(String version) throws IOException {
    var home = Files.createDirectories(folder.resolve("jdk-" + version));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    Files.createDirectories(home.resolve("bin"));
    for (var name : List.of("java", "javac")) {
      var file = Files.writeString(home.resolve("bin/" + name), "#!/bin/sh\necho \"$@\"\n");
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    return home;
  }

  private static Ran run(Map<String, String> environment, String... arguments) throws Exception {
    var line = new java.util.ArrayList<>(List.of(ROOT.resolve("campana").toString()));
    line.addAll(List.of(arguments));
    return start(environment, line);
  }

  private static Ran bash(Map<String, String> environment, String script) throws Exception {
    return start(environment, List.of("bash", "-c", script));
  }

  private static Ran start(Map<String, String> environment, List<String> line) throws Exception {
    var out = Files.createTempFile("campana-", ".out");
    var err = Files.createTempFile("campana-", ".err");
    try {
      var builder =
          new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
      var clean = new HashMap<>(environment);
      builder.environment().keySet().removeIf(name -> name.startsWith("CAMPANA_"));
      builder.environment().putAll(clean);
      var process = builder.start();
      if (!process.waitFor(3, TimeUnit.MINUTES)) {
        process.destroyForcibly();
        throw new IllegalStateException("not done after 3 min: " + line);
      }
      return new Ran(
          process.exitValue(),
          Files.readString(out, StandardCharsets.UTF_8),
          Files.readString(err, StandardCharsets.UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
