package campana.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import campana.wire.RpcCode;
import campana.wire.WebhookUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One request alone, as the relay makes it. */
class PosterTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final byte[] BODY = "{ \"text\" : \"raw é\" }".getBytes(StandardCharsets.UTF_8);

  private final ScriptedChat chat = ScriptedChat.start();
  private final Poster poster = Poster.shared();

  @AfterEach
  void end() {
    chat.close();
  }

  @Test
  void it_makes_one_request_with_the_callers_bytes_and_query() {
    var address = URI.create(chat.url("AAAA") + "&threadKey=a%20b&requestId=r1&x");
    var attempt = poster.post(address, BODY, LONG);
    assertThat(attempt.sent()).isTrue();
    assertThat(attempt.messageName()).isPresent();
    assertThat(attempt.body()).contains("\"thread\"");
    var request = chat.requests().getFirst();
    assertThat(chat.address() + request.target()).isEqualTo(address.toString());
    assertThat(request.body()).isEqualTo("{ \"text\" : \"raw é\" }");
    assertThat(request.headers()).doesNotContainKeys("upgrade", "http2-settings");
  }

  @Test
  void a_header_of_the_callers_own_goes_with_it() {
    var url = WebhookUrl.parse(chat.url("AAAA"));
    poster.withHeader("X-Via", "a").withHeader("X-Via", "b").post(url, BODY, LONG);
    poster.post(url, BODY, LONG);
    assertThat(chat.requests().getFirst().headers()).containsEntry("x-via", "b");
    assertThat(chat.requests().getLast().headers()).doesNotContainKey("x-via");
  }

  @Test
  void it_neither_repeats_nor_paces() {
    var url = WebhookUrl.parse(chat.url("AAAA"));
    chat.then(ScriptedAnswer.error(503, "UNAVAILABLE", "no").with("Retry-After", "60"));
    var first = poster.post(url, BODY, LONG);
    assertThat(first.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(first.code()).isEqualTo(RpcCode.UNAVAILABLE);
    assertThat(first.retryIn()).contains(Duration.ofMinutes(1));
    assertThat(first.maybeStored()).isFalse();
    assertThat(poster.post(url, BODY, LONG).sent()).isTrue();
    assertThat(chat.requests()).hasSize(2);
  }

  @Test
  void its_time_is_for_the_whole_of_it() {
    var url = WebhookUrl.parse(chat.url("AAAA"));
    chat.then(ScriptedAnswer.hang(), ScriptedAnswer.error(400, "INVALID_ARGUMENT", "no").stalled());
    var hung = poster.post(url, BODY, Duration.ofMillis(300));
    assertThat(hung.reason()).isEqualTo(Reason.NO_ANSWER);
    assertThat(hung.maybeStored()).isTrue();
    var stalled = poster.post(url, BODY, Duration.ofMillis(500));
    assertThat(stalled.reason()).isEqualTo(Reason.INVALID);
    assertThat(stalled.text()).isEqualTo("no text; the answer broke off");
  }

  @Test
  void cancelling_breaks_it_off() {
    chat.then(ScriptedAnswer.hang());
    var attempt = poster.postAsync(URI.create(chat.url("AAAA")), BODY, LONG);
    chat.await(1, LONG);
    attempt.cancel(true);
    assertThat(attempt).isCancelled();
    assertThat(poster.post(URI.create(chat.url("AAAA")), BODY, LONG).sent()).isTrue();
  }

  @Test
  void an_interrupted_caller_gets_a_value_and_stays_interrupted() {
    chat.then(ScriptedAnswer.hang());
    Thread.currentThread().interrupt();
    var attempt = poster.post(URI.create(chat.url("AAAA")), BODY, LONG);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(attempt.reason()).isEqualTo(Reason.CANCELLED);
  }

  @Test
  void a_certificate_that_nobody_vouches_for_is_final(@TempDir Path folder) throws Exception {
    try (var door =
        (SSLServerSocket)
            selfSigned(folder.resolve("keys.p12"))
                .getServerSocketFactory()
                .createServerSocket(0, 9, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> shakeHands(door));
      var url =
          chat.url("AAAA")
              .replace(chat.address().toString(), "https://127.0.0.1:" + door.getLocalPort());
      try (var client = WebhookClient.builder(url).pace(Duration.ZERO).build()) {
        var result = client.send("hi");
        assertThat(result.reason()).isEqualTo(Reason.UNTRUSTED);
        assertThat(result.attempts()).isEqualTo(1);
        assertThat(result.retryable()).isFalse();
      }
    }
  }

  private static void shakeHands(SSLServerSocket door) {
    while (!door.isClosed()) {
      try (var socket = door.accept()) {
        socket.getInputStream().read(); // the handshake, which the client breaks off
      } catch (IOException e) {
        assertThat(e).isNotNull(); // what the client does with it is the test's
      }
    }
  }

  private static SSLContext selfSigned(Path file) throws Exception {
    var made =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=127.0.0.1",
                "-ext",
                "SAN=IP:127.0.0.1",
                "-keystore",
                file.toString(),
                "-storepass",
                "changeit",
                "-storetype",
                "PKCS12")
            .redirectErrorStream(true)
            .redirectOutput(file.resolveSibling("keytool.out").toFile())
            .start();
    if (made.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(file)) {
      keys.load(in, "changeit".toCharArray());
    }
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, "changeit".toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }

  @Test
  void an_answer_whose_connection_ends_early_is_said_to_have_broken_off() {
    chat.then(ScriptedAnswer.error(400, "INVALID_ARGUMENT", "no").half());
    var attempt = poster.post(WebhookUrl.parse(chat.url("AAAA")), BODY, LONG);
    assertThat(attempt.reason()).isEqualTo(Reason.INVALID);
    assertThat(attempt.text()).isEqualTo("no text; the answer broke off");
  }

  @Test
  void whatever_an_http_client_throws_is_an_attempt_without_an_answer() throws Exception {
    var address = URI.create(chat.url("AAAA"));
    var attempt = Poster.of(new ThrowingHttp()).postAsync(address, BODY, LONG);
    assertThat(attempt.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.NO_ANSWER);
    assertThat(attempt.join().text()).contains("InternalError");
  }

  @Test
  void an_answer_that_cannot_be_read_counts_by_its_status() throws Exception {
    var noTime =
        new Clock() {
          @Override
          public ZoneId getZone() {
            return ZoneOffset.UTC;
          }

          @Override
          public Clock withZone(ZoneId zone) {
            return this;
          }

          @Override
          public Instant instant() {
            throw new StackOverflowError("from the test itself");
          }
        };
    var http = HttpClient.newHttpClient();
    var attempt = Poster.of(http, noTime).postAsync(URI.create(chat.url("AAAA")), BODY, LONG);
    assertThat(attempt.get(10, TimeUnit.SECONDS).sent()).isTrue();
  }

  @Test
  void any_time_is_taken() {
    var forever = ChronoUnit.FOREVER.getDuration();
    assertThat(poster.post(URI.create(chat.url("AAAA")), BODY, forever).sent()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Host", "Content-Length", "a b", ""})
  void a_header_that_cannot_be_sent_is_refused_at_once(String name) {
    assertThatIllegalArgumentException().isThrownBy(() -> poster.withHeader(name, "v"));
    assertThatIllegalArgumentException().isThrownBy(() -> poster.withHeader("X-Via", "a\nb"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, Long.MIN_VALUE})
  void no_time_at_all_is_refused(long seconds) {
    var url = WebhookUrl.parse(chat.url("AAAA"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> poster.post(url, BODY, Duration.ofSeconds(seconds)))
        .withMessageStartingWith("timeout: wanted more than zero");
    assertThat(chat.requests()).isEmpty();
  }
}
