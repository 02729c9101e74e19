package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.ScriptedChat;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Lanes in virtual time; each request is answered by hand. */
abstract class LaneRig {
  static final Duration SECOND = Duration.ofSeconds(1);
  static final Duration STEP = Duration.ofMillis(1_020); // a second and its guard

  /** A request under way. */
  record Flight(String text, Duration at, Duration timeout, CompletableFuture<Attempt> answer) {}

  final VirtualTime time = new VirtualTime();
  final Lanes lanes = new Lanes(time, time, Runnable::run, Runnable::run);
  final List<Flight> flights = new ArrayList<>();
  final WebhookClient client = client("AAAA", SECOND);

  WebhookClient client(String space, Duration pace) {
    return builder(space).pace(pace).build(lanes);
  }

  WebhookClient.Builder builder(String space) {
    var builder =
        WebhookClient.builder(
                "https://chat.example.org/v1/spaces/"
                    + space
                    + "/messages?key="
                    + ScriptedChat.KEY
                    + "&token="
                    + ScriptedChat.TOKEN)
            .backoff(Backoff.of(SECOND, Duration.ofNanos(1), Duration.ofSeconds(64)));
    builder.exchange = this::fly;
    return builder;
  }

  CompletableFuture<Attempt> fly(URI address, byte[] body, Duration timeout) {
    var text =
        new String(body, StandardCharsets.UTF_8).replaceAll(".*\"text\":\"([^\"]*)\".*", "$1");
    var flight = new Flight(text, time.passed(), timeout, new CompletableFuture<>());
    flights.add(flight);
    return flight.answer();
  }

  CompletableFuture<SendResult> send(String text) {
    return client.sendAsync(Message.text(text));
  }

  /** Sends; the result does not matter. */
  static void give(WebhookClient to, String text, SendOptions options) {
    var _ = to.sendAsync(Message.text(text), options);
  }

  void answer(int status) {
    answer(status, Map.of());
  }

  void answer(int status, Map<String, List<String>> headers) {
    var flight = flights.getLast();
    assertThat(flight.answer().isDone()).as("nothing under way").isFalse();
    flight.answer().complete(read(status, headers));
  }

  static Attempt read(int status, Map<String, List<String>> headers) {
    return Answer.read(
        status,
        HttpHeaders.of(headers, (name, value) -> true),
        new byte[0],
        true,
        Instant.EPOCH,
        new Scrub(URI.create("x:/")));
  }

  void assertNext(String text, Duration after) {
    var before = flights.size();
    time.advance(after.minusNanos(1));
    assertThat(flights).as("too early").hasSize(before);
    time.advance(Duration.ofNanos(1));
    assertThat(flights).as("too late").hasSize(before + 1);
    assertThat(flights.getLast().text()).isEqualTo(text);
  }

  static SendResult ended(CompletableFuture<SendResult> result) throws Exception {
    return result.get(10, TimeUnit.SECONDS);
  }
}
