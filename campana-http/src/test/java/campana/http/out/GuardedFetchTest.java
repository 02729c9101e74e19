package campana.http.out;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.http.Cidr;
import campana.http.HttpServer;
import campana.http.HttpSettings;
import campana.http.out.GuardedFetch.Limits;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The far side is at 127.0.0.1, which the guard of these tests takes for public; 127.0.0.2 stays
/// private.
final class GuardedFetchTest {
  private static final OutgoingGuard GUARD =
      new OutgoingGuard(false, List.of(Cidr.of("127.0.0.1/32")));
  private static final int CAP = 1000;
  private static final Limits LIMITS = new Limits(Duration.ofSeconds(2), CAP, 3);

  private static final CountDownLatch END = new CountDownLatch(1);
  private static HttpServer far;

  private final List<String> resolved = new ArrayList<>();
  private final GuardedFetch fetch =
      new GuardedFetch(
          GUARD, LIMITS, this::resolve, (SSLSocketFactory) SSLSocketFactory.getDefault());

  @BeforeAll
  static void start() {
    far = new HttpServer(HttpSettings.at("127.0.0.1", 0), GuardedFetchTest::routes);
    far.start();
  }

  @AfterAll
  static void stop() {
    END.countDown();
    far.close();
  }

  @AfterEach
  void close() {
    fetch.close();
  }

  private static void routes(HttpRouting.Builder routing) {
    routing
        .get(
            "/image",
            (request, response) -> {
              response.header(HeaderNames.CONTENT_TYPE, "image/png");
              response.send(("png " + request.prologue().query().rawValue()).getBytes(UTF_8));
            })
        .get("/size/{n}", (request, response) -> response.send(bytes(request.path())))
        .get(
            "/chunks/{n}",
            (request, response) -> {
              try (var out = response.outputStream()) {
                out.write(1);
                out.flush();
                out.write(bytes(request.path()));
              }
            })
        .get("/slow", (request, response) -> END.await())
        .get("/to/{n}", (request, response) -> countdown(response, request.path()))
        .get("/inside", (request, response) -> redirect(response, "http://inside.example/"))
        .get("/file", (request, response) -> redirect(response, "file:///etc/passwd"))
        .get("/nowhere", (request, response) -> redirect(response, "http://[x"));
  }

  private static byte[] bytes(io.helidon.http.RoutedPath path) {
    return new byte[Integer.parseInt(path.pathParameters().get("n"))];
  }

  private static void countdown(ServerResponse response, io.helidon.http.RoutedPath path) {
    int n = bytes(path).length;
    redirect(response, n == 0 ? "/image?x" : "/to/" + (n - 1));
  }

  private static void redirect(ServerResponse response, String to) {
    response.status(Status.FOUND_302).header(HeaderNames.LOCATION, to).send();
  }

  private List<InetAddress> resolve(String host) throws UnknownHostException {
    resolved.add(host);
    return switch (host) {
      case "far.example", "127.0.0.1" -> List.of(InetAddress.ofLiteral("127.0.0.1"));
      case "inside.example" -> List.of(InetAddress.ofLiteral("127.0.0.2"));
      case "mixed.example" ->
          List.of(InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("10.0.0.1"));
      default -> throw new UnknownHostException(host);
    };
  }

  private Fetched get(String host, String path) {
    int port = URI.create(far.address()).getPort();
    return fetch.get(URI.create("http://" + host + ":" + port + path), "image/*");
  }

  @Test
  void a_body_comes_with_its_type_and_the_name_is_looked_up_once() {
    assertThat(get("far.example", "/image?a=b%20c"))
        .isInstanceOfSatisfying(
            Fetched.Complete.class,
            complete -> {
              assertThat(complete.contentType()).isEqualTo("image/png");
              assertThat(new String(complete.bytes(), UTF_8)).isEqualTo("png a=b%20c");
            });
    assertThat(resolved).containsExactly("far.example");
  }

  @Test
  void chunks_are_put_together() {
    assertThat(get("far.example", "/chunks/500"))
        .isInstanceOfSatisfying(
            Fetched.Complete.class, complete -> assertThat(complete.bytes()).hasSize(501));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/size/1001", "/chunks/1000"})
  void a_body_over_the_cap_is_not_taken(String path) {
    assertThat(get("far.example", path)).isEqualTo(new Fetched.TooLarge(CAP));
  }

  @Test
  void a_body_of_just_the_cap_is_taken() {
    assertThat(get("far.example", "/size/1000")).isInstanceOf(Fetched.Complete.class);
  }

  @Test
  void three_redirects_are_followed_and_a_fourth_is_not() {
    assertThat(get("far.example", "/to/2")).isInstanceOf(Fetched.Complete.class);
    assertThat(get("far.example", "/to/3")).isEqualTo(new Fetched.Refused("more than 3 redirects"));
  }

  @Test
  void a_redirect_to_the_inside_is_refused() {
    assertThat(get("far.example", "/inside"))
        .isInstanceOfSatisfying(
            Fetched.Refused.class,
            refused -> assertThat(refused.why()).contains("inside.example is a private address"));
  }

  @Test
  void a_redirect_to_a_file_is_refused() {
    assertThat(get("far.example", "/file"))
        .isEqualTo(new Fetched.Refused("only http and https are fetched"));
  }

  @Test
  void a_redirect_to_nowhere_is_a_failure() {
    assertThat(get("far.example", "/nowhere")).isEqualTo(new Fetched.Failed(302));
  }

  @Test
  void a_name_with_one_private_address_among_others_is_refused() {
    assertThat(get("mixed.example", "/image")).isInstanceOf(Fetched.Refused.class);
  }

  @Test
  void a_missing_thing_is_a_failure_with_its_status() {
    assertThat(get("far.example", "/missing")).isEqualTo(new Fetched.Failed(404));
  }

  @Test
  void an_unknown_host_is_unreachable() {
    assertThat(get("no.example", "/"))
        .isEqualTo(new Fetched.Unreachable("no.example is not known"));
  }

  @Test
  void a_slow_far_side_times_out_in_all() {
    long begin = System.nanoTime();
    assertThat(get("far.example", "/slow")).isEqualTo(new Fetched.TimedOut(LIMITS.timeout()));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
  }

  @Test
  void a_far_side_without_tls_is_unreachable_by_https() {
    int port = URI.create(far.address()).getPort();
    assertThat(fetch.get(URI.create("https://far.example:" + port + "/image"), "*/*"))
        .isInstanceOf(Fetched.Unreachable.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://far.example/x", "//far.example/x", "http:/x", "http://u:p@far.example/"})
  void what_is_no_plain_web_address_is_refused(String url) {
    assertThat(fetch.get(URI.create(url), "*/*")).isInstanceOf(Fetched.Refused.class);
    assertThat(resolved).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc",
        "HTTP/1.1 x\r\n\r\n",
        ""
      })
  void what_is_no_http_is_unreachable(String answer) throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      var thread =
          Thread.ofVirtual()
              .start(() -> {
                try (var client = socket.accept()) {
                  client.getOutputStream().write(answer.getBytes(UTF_8));
                  client.shutdownOutput();
                  client.getInputStream().readAllBytes();
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      var url = URI.create("http://far.example:" + socket.getLocalPort() + "/");
      assertThat(fetch.get(url, "*/*")).isInstanceOf(Fetched.Unreachable.class);
      assertThat(thread).isNotNull();
    }
  }
}
