package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Debian's nginx with the sample that we hand out, before a server that knows of it. Only names of
/// files, ports and the server differ from the sample.
@Tag("proofs")
final class NginxTest {
  private static final Path SAMPLE =
      Path.of(System.getProperty("campana.root"), "deploy/nginx.conf");
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  @TempDir Path folder;
  private String base;
  private CampanaProcess campana;
  private Process nginx;
  private HttpClient http;

  @BeforeEach
  void start() throws Exception {
    var certificate = folder.resolve("front.pem");
    var key = folder.resolve("front.key");
    Tools.certificate(folder, certificate, key, "localhost", "DNS:localhost,IP:127.0.0.1");
    http = Tools.trusting(certificate);
    int port = Tools.freePort(); // nginx takes no port 0, and server.url must name the port before
    base = "https://localhost:" + port;
    var config = folder.resolve("campana.yaml");
    Files.writeString(config, "server:\n  url: " + base + "\n  trusted-proxies: [127.0.0.1]\n");
    campana = CampanaProcess.start(folder.resolve("data"), "--config", config.toString());
    nginx = nginx(port, certificate, key);
  }

  @AfterEach
  void stop() throws Exception {
    http.close();
    nginx.destroy();
    assertThat(nginx.waitFor(30, TimeUnit.SECONDS)).isTrue();
    campana.close();
  }

  private Process nginx(int port, Path certificate, Path key) throws Exception {
    var site =
        Tools.replaced(
            Files.readString(SAMPLE), "127.0.0.1:8080", campana.address().getAuthority());
    site = Tools.replaced(site, "listen 443 ssl", "listen 127.0.0.1:" + port + " ssl");
    site = Tools.replaced(site, "server_name chat.example.org", "server_name localhost");
    site = Tools.replaced(site, "/etc/ssl/certs/chat.example.org.pem", certificate.toString());
    site = Tools.replaced(site, "/etc/ssl/private/chat.example.org.key", key.toString());
    var paths = new StringBuilder();
    for (var kind : new String[] {"client_body", "proxy", "fastcgi", "uwsgi", "scgi"}) {
      paths.append(kind).append("_temp_path ").append(folder.resolve(kind)).append(";\n");
    }
    var main = folder.resolve("nginx.conf");
    Files.writeString(
        main,
        """
        daemon off;
        master_process off;
        pid %s;
        error_log %s info;
        events {}
        http {
        access_log %s;
        %s
        %s
        }
        """
            .formatted(
                folder.resolve("nginx.pid"),
                folder.resolve("nginx-error.log"),
                folder.resolve("nginx-access.log"),
                paths,
                site));
    var process =
        new ProcessBuilder("/usr/sbin/nginx", "-c", main.toString(), "-p", folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("nginx.out").toFile())
            .start();
    var until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!answers()) {
      assertThat(process.isAlive() && System.nanoTime() < until)
          .as("nginx starts: " + Files.readString(folder.resolve("nginx.out")))
          .isTrue();
    }
    return process;
  }

  private boolean answers() throws InterruptedException {
    try {
      return get("/healthz").statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(base + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String url, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private String printed(String pattern) throws IOException {
    var found = Pattern.compile(pattern).matcher(campana.output());
    assertThat(found.find()).as("printed: " + pattern).isTrue();
    return found.group(1);
  }

  @Test
  void printed_addresses_begin_with_the_configured_url_and_a_post_to_one_is_stored()
      throws Exception {
    var url = printed("Post  curl -sS -X POST '([^']+)'");
    assertThat(url).startsWith(base + "/v1/spaces/");
    assertThat(printed("Read  (\\S+)")).startsWith(base + "/sign-in/");
    var answer = post(url, "{\"text\":\"through nginx\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var tooLarge = post(url, "{\"text\":\"" + "x".repeat(3 << 20) + "\"}");
    assertThat(tooLarge.statusCode()).as("our own answer, not nginx's 413").isEqualTo(400);
    assertThat(tooLarge.body()).contains("INVALID_ARGUMENT");
  }

  @Test
  void a_page_is_live_through_nginx_and_its_cookies_are_secure() throws Exception {
    var link = printed("Read  (\\S+)").substring(base.length());
    var door = get(link);
    assertThat(door.headers().allValues("set-cookie"))
        .isNotEmpty()
        .allMatch(cookie -> cookie.contains("; Secure"));
    var csrf = CSRF.matcher(door.body());
    assertThat(csrf.find()).isTrue();
    var in =
        post(
            base + link,
            "csrf=" + csrf.group(1),
            "Content-Type",
            "application/x-www-form-urlencoded",
            "Cookie",
            cookies(door));
    assertThat(in.statusCode()).as(in.body()).isEqualTo(303);
    assertThat(in.headers().allValues("set-cookie"))
        .isNotEmpty()
        .allMatch(cookie -> cookie.contains("; Secure"));

    var space = campana.space("Live");
    var live =
        HttpRequest.newBuilder(
                URI.create(base + "/live?at=" + space.name().substring("spaces/".length()) + ".0"))
            .header("Cookie", cookies(in))
            .build();
    var stream = http.send(live, BodyHandlers.ofInputStream());
    try (var lines =
        new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
      assertThat(post(base + space.path(), "{\"text\":\"seen at once\"}").statusCode())
          .isEqualTo(200);
      // One small event: a front that buffers holds it back until the stream ends, which it does
      // not.
      var heard =
          CompletableFuture.supplyAsync(
              () -> lines.lines().filter(line -> line.contains("seen at once")).findFirst());
      assertThat(heard.get(10, TimeUnit.SECONDS)).isPresent();
    }
  }

  private static String cookies(HttpResponse<String> answer) {
    var pairs = new ArrayList<String>();
    answer
        .headers()
        .allValues("set-cookie")
        .forEach(cookie -> pairs.add(cookie.substring(0, cookie.indexOf(';'))));
    return String.join("; ", pairs);
  }

  @Test
  void what_a_caller_says_of_its_own_way_counts_for_nothing() throws Exception {
    String[] lies = {
      "X-Forwarded-Proto",
      "http",
      "X-Forwarded-Host",
      "evil.example",
      "X-Forwarded-For",
      "127.0.0.1"
    };
    assertThat(get("/sign-in", lies).headers().allValues("set-cookie"))
        .as("through nginx, which says what it saw itself")
        .isNotEmpty()
        .allMatch(cookie -> cookie.contains("; Secure"));
    assertThat(get("/metrics", lies).statusCode()).as("not from this machine").isEqualTo(401);

    // Past nginx, from an address that is no trusted proxy.
    try (var stranger =
        HttpClient.newBuilder().localAddress(InetAddress.getByName("127.0.0.9")).build()) {
      var direct =
          stranger.send(
              HttpRequest.newBuilder(campana.address().resolve("/sign-in"))
                  .header("X-Forwarded-Proto", "https")
                  .build(),
              BodyHandlers.ofString());
      assertThat(direct.headers().allValues("set-cookie"))
          .isNotEmpty()
          .noneMatch(cookie -> cookie.contains("; Secure"));
    }
  }

  @Test
  void nginx_writes_no_webhook_url_down_not_even_when_campana_is_away() throws Exception {
    var url = printed("Post  curl -sS -X POST '([^']+)'");
    assertThat(post(url, "{\"text\":\"a\"}").statusCode()).isEqualTo(200);
    campana.stop();
    assertThat(post(url, "{\"text\":\"b\"}").statusCode()).isEqualTo(502);
    var token = Objects.requireNonNull(URI.create(url).getQuery()).replaceAll(".*token=", "");
    try (var files = Files.list(folder)) {
      for (var log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
        assertThat(Files.readString(log)).as(log.toString()).doesNotContain(token, "/v1/spaces/");
      }
    }
  }
}
