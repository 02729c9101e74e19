package campana.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a client is left with that gets no answer on purpose.
@Timeout(60)
final class NoAnswerTest {
  private static final String FOREVER = "GET /hang/600000 HTTP/1.1\r\nHost: h\r\n\r\n";

  @Test
  void a_reset_reaches_the_client_as_one() throws IOException {
    try (var server = TestServer.start();
        var client = new RawClient(server)) {
      client.send("GET /reset HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThatThrownBy(client::line)
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @Test
  void a_hang_ends_after_its_time_without_an_answer() throws IOException {
    try (var server = TestServer.start();
        var client = new RawClient(server)) {
      var began = System.nanoTime();
      client.send("GET /hang/500 HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.rest()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(450));
    }
  }

  @Test
  void a_hang_ends_when_the_client_leaves() throws IOException {
    try (var server = TestServer.start()) {
      try (var client = new RawClient(server)) {
        client.send(FOREVER);
        until(() -> server.connections() == 1);
        client.send("and more bytes, which change nothing");
      }
      until(() -> server.connections() == 0);
    }
  }

  @Test
  void a_hang_ends_when_the_server_stops() throws Exception {
    var server = TestServer.start();
    try (var client = new RawClient(server)) {
      client.send(FOREVER);
      until(() -> server.connections() == 1);
      var ended = CompletableFuture.supplyAsync(() -> ended(client));
      var began = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
      assertThat(ended.get(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static boolean ended(RawClient client) {
    try {
      return client.ended();
    } catch (IOException e) {
      return false;
    }
  }

  private static void until(java.util.function.BooleanSupplier so) {
    var patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!so.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(patience);
      LockSupport.parkNanos(5_000_000);
    }
  }
}
