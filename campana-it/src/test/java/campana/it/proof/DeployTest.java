package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The other samples of `deploy/`, judged by the programs they are for.
@Tag("proofs")
final class DeployTest {
  private static final Path DEPLOY = Path.of(System.getProperty("campana.root"), "deploy");

  @TempDir Path folder;

  @Test
  void systemd_takes_the_unit_and_finds_it_well_confined() throws Exception {
    var unit = folder.resolve("campana.service");
    Files.writeString(
        unit,
        Tools.replaced(
            Files.readString(DEPLOY.resolve("campana.service")),
            "/opt/campana/bin/campana",
            "/bin/true")); // systemd looks whether the program is there
    assertThat(Tools.run(folder, Map.of(), "systemd-analyze", "verify", unit.toString())).isEmpty();
    // 20: an exposure of 2.0 of 10, where «OK» ends at 4.9
    String[] judge = {
      "systemd-analyze", "security", "--offline=true", "--threshold=20", unit.toString()
    };
    Tools.run(folder, Map.of(), judge);
  }

  @Test
  void caddy_takes_the_sample_as_it_stands() throws Exception {
    var sample = DEPLOY.resolve("Caddyfile").toString();
    assertThat(caddy("validate", "--adapter", "caddyfile", "--config", sample))
        .contains("Valid configuration");
  }

  private String caddy(String... arguments) throws Exception {
    var command = new String[arguments.length + 1];
    command[0] = "caddy";
    System.arraycopy(arguments, 0, command, 1, arguments.length);
    return Tools.run(folder, Map.of("HOME", folder.toString()), command);
  }

  @Test
  void a_post_passes_caddy_which_writes_no_secret_down_when_campana_is_away() throws Exception {
    int port = Tools.freePort(); // Caddy takes no port 0
    var base = "http://127.0.0.1:" + port;
    try (var campana = CampanaProcess.start(folder.resolve("data"));
        var http = HttpClient.newHttpClient()) {
      var site = Files.readString(DEPLOY.resolve("Caddyfile"));
      site = Tools.replaced(site, "127.0.0.1:8080", campana.address().getAuthority());
      site = Tools.replaced(site, "\nchat.example.org {", "\n" + base + " {");
      site = Tools.replaced(site, "\n{\n", "\n{\n\tadmin off\n"); // its port is a fixed one
      var config = folder.resolve("Caddyfile");
      Files.writeString(config, site);
      var log = folder.resolve("caddy.log");
      var run =
          new ProcessBuilder(
                  "caddy", "run", "--adapter", "caddyfile", "--config", config.toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      run.environment().put("HOME", folder.toString());
      var caddy = run.start();
      try {
        var path = campana.space("Through Caddy").path();
        var status = 0;
        while (status == 0) {
          assertThat(caddy.isAlive()).as("Caddy starts: " + Files.readString(log)).isTrue();
          status = status(http, base + path);
        }
        assertThat(status).isEqualTo(200);
        campana.stop();
        for (var secret :
            new String[] {path, "/in/web/SECRET-OF-A-ROUTE", "/sign-in/SECRET-OF-A-LINK"}) {
          assertThat(status(http, base + secret)).as(secret).isEqualTo(502);
        }
        var token = path.substring(path.indexOf("token=") + "token=".length());
        assertThat(Files.readString(log))
            .contains("\"status\":502")
            .doesNotContain(token, "SECRET-OF", "/v1/spaces/");
      } finally {
        caddy.destroy();
        assertThat(caddy.waitFor(30, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  /// 0 where nobody listens yet.
  private static int status(HttpClient http, String url) throws InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Referer", url)
            .POST(HttpRequest.BodyPublishers.ofString("{\"text\":\"through Caddy\"}"))
            .build();
    try {
      return http.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }
}
