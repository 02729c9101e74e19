package campana.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.http.EventStream.Event;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EventStreamTest {
  private static final String VIEW = "GET /view HTTP/1.1\r\nHost: h\r\n";

  private final BlockingQueue<EventStream> opened = new LinkedBlockingQueue<>();
  private final CountDownLatch left = new CountDownLatch(1);
  private Duration heartbeat = Duration.ofSeconds(15);
  private HttpServer server;

  @BeforeEach
  void start() {
    server = new HttpServer(TestServer.SETTINGS, routing -> routing.get("/view", this::view));
    server.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void view(ServerRequest request, ServerResponse response) {
    try (var stream = EventStream.open(request, response, heartbeat, 4)) {
      stream.lastEventId().ifPresent(id -> stream.send(new Event("8", "", "after " + id)));
      opened.add(stream);
      stream.run();
    } finally {
      left.countDown();
    }
  }

  private EventStream viewer() throws InterruptedException {
    var stream = opened.poll(10, TimeUnit.SECONDS);
    assertThat(stream).isNotNull();
    return stream;
  }

  private static String until(RawClient client, String wanted) throws IOException {
    var seen = new StringBuilder();
    while (seen.indexOf(wanted) < 0) {
      seen.append(client.line()).append('\n');
    }
    return seen.toString();
  }

  @Test
  void an_event_arrives_with_its_position_and_name() throws Exception {
    try (var client = new RawClient(server)) {
      client.send(VIEW + "\r\n");
      var head = until(client, ": connected");
      assertThat(head).contains("Content-Type: text/event-stream", "Cache-Control: no-store");
      viewer().offer(new Event("41", "message", "two\nlines"));
      assertThat(until(client, "lines"))
          .contains("id: 41\nevent: message\ndata: two\ndata: lines\n");
    }
  }

  @Test
  void a_browser_that_comes_back_tells_what_it_saw_last() throws Exception {
    try (var client = new RawClient(server)) {
      client.send(VIEW + "Last-Event-ID: 7\r\n\r\n");
      assertThat(until(client, "data: after 7")).contains("id: 8\n");
    }
  }

  @Test
  void a_comment_comes_when_nothing_else_does() throws Exception {
    heartbeat = Duration.ofMillis(50);
    try (var client = new RawClient(server)) {
      client.send(VIEW + "\r\n");
      until(client, ": connected");
      until(client, "\n:\n");
    }
  }

  @Test
  void a_viewer_that_left_is_found_by_the_next_write() throws Exception {
    heartbeat = Duration.ofMillis(50);
    try (var client = new RawClient(server)) {
      client.send(VIEW + "\r\n");
      until(client, ": connected");
    }
    assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void a_viewer_that_takes_nothing_is_cut_off_and_nobody_waits_for_it() throws Exception {
    try (var client = new RawClient(server)) {
      client.send(VIEW + "\r\n");
      until(client, ": connected");
      var stream = viewer();
      var big = new Event("1", "", "x".repeat(1024 * 1024));
      long offers = 0;
      while (stream.offer(big)) {
        offers++;
        assertThat(offers).isLessThan(1000);
      }
      assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(stream.offer(big)).isFalse();
    }
  }

  @Test
  void stopping_ends_every_stream_at_once_even_one_that_is_stuck() throws Exception {
    try (var client = new RawClient(server);
        var stuck = new RawClient(server)) {
      client.send(VIEW + "\r\n");
      until(client, ": connected");
      viewer();
      stuck.send(VIEW + "\r\n");
      until(stuck, ": connected");
      var stream = viewer();
      var big = new Event("1", "", "x".repeat(8 * 1024 * 1024));
      stream.offer(big);
      stream.offer(big);
      long begin = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
      assertThat(client.rest()).doesNotContain("data:");
    }
  }

  @Test
  void an_event_cannot_smuggle_in_another_field() {
    assertThatThrownBy(() -> new Event("1\ndata: x", "", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
