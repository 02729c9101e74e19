package campana.http;

import static campana.http.RawClient.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HttpServerTest {
  private static final String HELLO = "GET /hello HTTP/1.1\r\nHost: h\r\n\r\n";

  @Test
  void the_address_tells_the_port_that_was_taken() {
    try (var server = TestServer.start()) {
      assertThat(server.address()).matches("http://127\\.0\\.0\\.1:[1-9][0-9]+");
    }
  }

  @Test
  void a_wildcard_host_is_told_as_loopback() throws IOException {
    try (var server = TestServer.start(HttpSettings.at("0.0.0.0", 0))) {
      assertThat(server.address()).startsWith("http://127.0.0.1:");
      assertThat(ask(server, HELLO).status()).isEqualTo(200);
    }
  }

  @Test
  void an_ipv6_address_is_told_in_brackets() {
    try (var server = TestServer.start(HttpSettings.at("::1", 0))) {
      assertThat(server.address()).startsWith("http://[::1]:");
    }
  }

  @Test
  void a_taken_port_is_told_in_one_line_with_host_and_port() throws IOException {
    try (var taken = new ServerSocket(0)) {
      var settings = HttpSettings.at("127.0.0.1", taken.getLocalPort());
      assertThatThrownBy(() -> TestServer.start(settings))
          .isInstanceOf(CannotListenException.class)
          .hasMessage(
              "Port %d at 127.0.0.1 is taken by another program; stop it, or choose another port"
                  + " (0 takes a free one)",
              taken.getLocalPort());
    }
  }

  @Test
  void an_address_of_another_machine_is_told() {
    assertThatThrownBy(() -> TestServer.start(HttpSettings.at("192.0.2.1", 0)))
        .isInstanceOf(CannotListenException.class)
        .hasMessageContaining("192.0.2.1");
  }

  @Test
  void stopping_lets_a_request_under_way_finish_and_refuses_new_ones() throws Exception {
    var entered = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var server =
        new HttpServer(
            TestServer.SETTINGS,
            routing ->
                routing.get(
                    "/slow",
                    (request, response) -> {
                      entered.countDown();
                      go.await();
                      response.send("done");
                    }));
    server.start();
    var address = URI.create(server.address());
    try (var client = new RawClient(server);
        var idle = new RawClient(server);
        var stopper = Executors.newVirtualThreadPerTaskExecutor()) {
      client.send("GET /slow HTTP/1.1\r\nHost: h\r\n\r\n");
      entered.await();
      var stopped = stopper.submit(server::close);
      assertThat(idle.ended()).isTrue();
      awaitRefusal(address); // idle connections may end a moment before the listener does
      go.countDown();
      assertThat(client.answer().body()).isEqualTo("done");
      stopped.get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void stopping_answers_the_next_request_of_an_idle_connection_and_ends_it_then() throws Exception {
    var farewell = HttpSettings.Patience.DEFAULT.withFarewell(Duration.ofSeconds(5));
    var server =
        new HttpServer(
            TestServer.SETTINGS.with(farewell),
            routing -> routing.get("/", (request, response) -> response.send("yes")));
    server.start();
    var address = URI.create(server.address());
    try (var client = new RawClient(server);
        var stopper = Executors.newVirtualThreadPerTaskExecutor()) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.answer().has("connection: close")).isFalse();
      var stopped = stopper.submit(server::close);
      awaitRefusal(address);
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      var answer = client.answer();
      assertThat(answer.body()).isEqualTo("yes");
      assertThat(answer.has("connection: close")).isTrue();
      assertThat(client.ended()).isTrue();
      stopped.get(10, TimeUnit.SECONDS);
    }
  }

  private static void awaitRefusal(URI address) throws Exception {
    long patience = System.nanoTime() + Duration.ofSeconds(5).toNanos();
    while (true) {
      try (var connected = new Socket(address.getHost(), address.getPort())) {
        assertThat(System.nanoTime()).as("still accepted: %s", connected).isLessThan(patience);
      } catch (SocketException e) {
        return; // refused, or reset where the listener closed under it
      }
      Thread.sleep(10);
    }
  }

  @Test
  void stopping_interrupts_what_outlasts_the_grace() throws Exception {
    var entered = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    var second = Duration.ofSeconds(1);
    var patience = new HttpSettings.Patience(second, second, second, second, second, Duration.ZERO);
    var server =
        new HttpServer(
            TestServer.SETTINGS.with(patience),
            routing ->
                routing.get(
                    "/stuck",
                    (request, response) -> {
                      entered.countDown();
                      try {
                        new CountDownLatch(1).await();
                      } catch (InterruptedException e) {
                        interrupted.countDown();
                        response.send("late");
                      }
                    }));
    server.start();
    try (var client = new RawClient(server)) {
      client.send("GET /stuck HTTP/1.1\r\nHost: h\r\n\r\n");
      entered.await();
      long begin = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(9));
      assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void closing_twice_is_closing_once() {
    var server = TestServer.start();
    server.close();
    server.close();
  }
}
