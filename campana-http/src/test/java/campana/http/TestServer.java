package campana.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;

/// A server on a free port, with routes that tell what they saw.
final class TestServer {
  static final int CAP = 1024 * 1024;
  static final HttpSettings SETTINGS = HttpSettings.at("127.0.0.1", 0);

  private TestServer() {}

  static HttpServer start() {
    return start(SETTINGS);
  }

  static HttpServer start(HttpSettings settings) {
    var server = new HttpServer(settings, TestServer::routes);
    server.start();
    return server;
  }

  static HttpSettings patience(Duration head, Duration body, Duration idle) {
    var ten = Duration.ofSeconds(10);
    return SETTINGS.with(
        new HttpSettings.Patience(head, body, idle, ten, Duration.ofSeconds(3), Duration.ZERO));
  }

  private static void routes(HttpRouting.Builder routing) {
    routing
        .get("/hello", (request, response) -> Answers.json(response, new LinkedHashMap<>()))
        .post("/echo", TestServer::echo)
        .any("/seen/{part}", TestServer::seen)
        .get("/stream", TestServer::stream)
        .get("/bug", TestServer::bug)
        .get("/hang/{millis}", TestServer::hang)
        .get("/reset", (_, _) -> Answers.reset())
        .post("/unread", (request, response) -> Answers.json(response, 401, "no".getBytes(UTF_8)));
  }

  private static void echo(ServerRequest request, ServerResponse response) {
    switch (Bodies.read(request, CAP)) {
      case Body.Complete(var bytes) -> {
        response.header(HeaderNames.create("X-Length"), String.valueOf(bytes.length));
        response.send(bytes.length > 1000 ? "long".getBytes(UTF_8) : bytes);
      }
      case Body.Refused refused -> Answers.refused(response, refused);
    }
  }

  private static void seen(ServerRequest request, ServerResponse response) {
    var seen = new LinkedHashMap<String, Object>();
    seen.put("method", request.prologue().method().text());
    seen.put("path", request.prologue().uriPath().rawPath());
    seen.put("part", request.path().pathParameters().get("part"));
    seen.put("query", request.prologue().query().rawValue());
    seen.put("host", request.headers().first(HeaderNames.HOST).orElse(""));
    seen.put("agent", request.headers().first(HeaderNames.create("X-Agent")).orElse(""));
    var trusted = new TrustedProxies(java.util.List.of(Cidr.of("127.0.0.0/8")));
    var origin = Origin.of(request, trusted);
    seen.put("origin", origin.url());
    seen.put("caller", origin.caller().getHostAddress());
    seen.put("unproxied", Origin.of(request, TrustedProxies.NONE).url());
    Answers.json(response, seen);
  }

  private static void stream(ServerRequest request, ServerResponse response) {
    try (var out = response.outputStream()) {
      for (int i = 0; i < 3; i++) {
        out.write(("part " + i + "\n").getBytes(UTF_8));
        out.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void hang(ServerRequest request, ServerResponse response) {
    Answers.hang(Duration.ofMillis(Long.parseLong(request.path().pathParameters().get("millis"))));
  }

  private static void bug(ServerRequest request, ServerResponse response) {
    throw new IllegalStateException("a bug");
  }
}
