package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.ScriptedChat;
import java.util.concurrent.TimeUnit;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pace and order of a lane, in virtual time: each request is answered by hand. */
class LaneTest {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration STEP = Duration.ofMillis(1_020); // a second and its guard

  /** A request under way. */
  private record Flight(
      String text, Duration at, Duration timeout, CompletableFuture<Attempt> answer) {}

  private final VirtualTime time = new VirtualTime();
  private final Lanes lanes = new Lanes(time, time, Runnable::run);
  private final List<Flight> flights = new ArrayList<>();
  private final WebhookClient client = client("AAAA", SECOND);

  private WebhookClient client(String space, Duration pace) {
    return builder(space).pace(pace).build(lanes);
  }

  private WebhookClient.Builder builder(String space) {
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

  private CompletableFuture<Attempt> fly(URI address, byte[] body, Duration timeout) {
    var text =
        new String(body, StandardCharsets.UTF_8).replaceAll(".*\"text\":\"([^\"]*)\".*", "$1");
    var flight = new Flight(text, time.passed(), timeout, new CompletableFuture<>());
    flights.add(flight);
    return flight.answer();
  }

  private CompletableFuture<SendResult> send(String text) {
    return client.sendAsync(Message.text(text));
  }

  /** Sends; the result does not matter. */
  private static void give(WebhookClient to, String text, SendOptions options) {
    var _ = to.sendAsync(Message.text(text), options);
  }

  private void answer(int status) {
    answer(status, Map.of());
  }

  private void answer(int status, Map<String, List<String>> headers) {
    var flight = flights.getLast();
    assertThat(flight.answer().isDone()).as("nothing under way").isFalse();
    flight
        .answer()
        .complete(
            Answer.read(
                status,
                HttpHeaders.of(headers, (name, value) -> true),
                new byte[0],
                true,
                Instant.EPOCH,
                new Scrub(URI.create("x:/"))));
  }

  private void assertNext(String text, Duration after) {
    var before = flights.size();
    time.advance(after.minusNanos(1));
    assertThat(flights).as("too early").hasSize(before);
    time.advance(Duration.ofNanos(1));
    assertThat(flights).as("too late").hasSize(before + 1);
    assertThat(flights.getLast().text()).isEqualTo(text);
  }

  @Test
  void the_first_goes_at_once_and_the_next_an_interval_and_its_guard_after_the_answer() {
    var sent = List.of(send("1"), send("2"), send("3"));
    assertThat(flights).hasSize(1);
    time.advance(Duration.ofMinutes(1).dividedBy(4)); // a slow answer: nothing else leaves
    assertThat(flights).hasSize(1);
    answer(200);
    assertNext("2", STEP);
    answer(200);
    assertNext("3", STEP);
    answer(200);
    assertThat(sent).allSatisfy(one -> assertThat(one.join().sent()).isTrue());
  }

  @Test
  void after_a_pause_the_next_goes_at_once() {
    give(client, "1", SendOptions.none());
    answer(200);
    time.advance(STEP);
    give(client, "2", SendOptions.none());
    assertThat(flights).hasSize(2);
  }

  @Test
  void a_guard_is_a_fiftieth_of_a_short_interval() {
    var quick = client("BBBB", Duration.ofMillis(100));
    give(quick, "1", SendOptions.none());
    give(quick, "2", SendOptions.none());
    answer(200);
    assertNext("2", Duration.ofMillis(102));
  }

  @Test
  void over_quota_the_lane_waits_as_told_and_runs_a_quarter_slower_for_a_minute() {
    give(client, "1", SendOptions.none());
    give(client, "2", SendOptions.none());
    give(client, "3", SendOptions.none());
    answer(429, Map.of("Retry-After", List.of("7")));
    assertNext("1", Duration.ofSeconds(7));
    answer(200);
    assertNext("2", STEP.multipliedBy(4).dividedBy(3));
    answer(200);
    time.advance(Duration.ofMinutes(1));
    answer(200); // of 3, which left meanwhile
    give(client, "4", SendOptions.none());
    give(client, "5", SendOptions.none());
    time.advance(STEP);
    answer(200);
    assertNext("5", STEP);
  }

  @Test
  void what_failed_stays_the_first_and_waits_longer_each_time() {
    var first = send("1");
    give(client, "2", SendOptions.none());
    answer(503);
    assertNext("1", STEP); // its backoff of 1 s lies within the pace
    answer(500);
    assertNext("1", Duration.ofSeconds(2));
    answer(408);
    assertNext("1", Duration.ofSeconds(4));
    answer(200);
    assertThat(first.join().attempts()).isEqualTo(4);
    assertNext("2", STEP);
  }

  @Test
  void backoff_belongs_to_the_lane_not_to_the_message() {
    var twice = builder("AAAA").attempts(2).build(lanes);
    var first = twice.sendAsync(Message.text("1"));
    give(client, "2", SendOptions.none());
    answer(503);
    time.advance(STEP);
    answer(503);
    assertThat(first.join().reason()).isEqualTo(Reason.UNAVAILABLE);
    assertNext("2", Duration.ofSeconds(2));
    answer(503);
    assertNext("2", Duration.ofSeconds(4));
  }

  @Test
  void what_is_refused_delays_nobody() {
    give(client, "1", SendOptions.none());
    give(client, "2", SendOptions.none());
    answer(403);
    assertNext("2", STEP);
  }

  @Test
  void urgent_ones_go_first_but_not_before_one_that_is_being_repeated() {
    give(client, "1", SendOptions.none());
    give(client, "2", SendOptions.none());
    give(client, "urgent 1", SendOptions.none().urgent());
    give(client, "urgent 2", SendOptions.none().urgent());
    answer(503);
    assertNext("1", STEP);
    answer(200);
    assertNext("urgent 1", STEP);
    answer(200);
    assertNext("urgent 2", STEP);
    answer(200);
    give(client, "urgent 3", SendOptions.none().urgent());
    assertNext("urgent 3", STEP);
    answer(200);
    assertNext("2", STEP);
  }

  @Test
  void clients_of_one_space_share_its_lane_and_the_slowest_wins() {
    var quick = client("AAAA", Duration.ofMillis(10));
    give(quick, "1", SendOptions.none());
    give(client, "2", SendOptions.none());
    give(quick, "3", SendOptions.none());
    assertThat(flights).hasSize(1);
    answer(200);
    assertNext("2", STEP);
    answer(200);
    assertNext("3", STEP);
  }

  @Test
  void spaces_do_not_wait_for_each_other() {
    give(client, "1", SendOptions.none());
    give(client("BBBB", SECOND), "2", SendOptions.none());
    assertThat(flights).hasSize(2);
  }

  @Test
  void a_full_queue_refuses_at_once() {
    var small = builder("AAAA").queue(2).build(lanes);
    give(client, "flies", SendOptions.none());
    give(small, "1", SendOptions.none());
    var second = small.sendAsync(Message.text("2"));
    var third = small.sendAsync(Message.text("3")).join();
    assertThat(third.reason()).isEqualTo(Reason.QUEUE_FULL);
    assertThat(third.retryable()).isTrue();
    assertThat(third.attempts()).isZero();
    assertThat(second).isNotDone();
    assertThat(send("4")).isNotDone(); // the bound is each client's own
  }

  @Test
  void a_deadline_ends_the_wait_in_the_queue() {
    give(client, "1", SendOptions.none());
    var late =
        client.sendAsync(Message.text("2"), SendOptions.none().deadline(Duration.ofSeconds(3)));
    give(client, "3", SendOptions.none());
    time.advance(Duration.ofSeconds(3));
    assertThat(late.join().reason()).isEqualTo(Reason.DEADLINE);
    assertThat(late.join().attempts()).isZero();
    answer(200);
    assertNext("3", STEP);
  }

  @Test
  void a_deadline_that_must_pass_is_told_at_once() {
    give(client, "1", SendOptions.none());
    give(client, "2", SendOptions.none());
    answer(503, Map.of("Retry-After", List.of("60")));
    var late =
        client
            .sendAsync(Message.text("3"), SendOptions.none().deadline(Duration.ofSeconds(30)))
            .join();
    assertThat(late.reason()).isEqualTo(Reason.DEADLINE);
    assertThat(late.retryIn()).contains(Duration.ofSeconds(60));
  }

  @Test
  void a_request_has_no_more_time_than_its_message() {
    give(client, "1", SendOptions.none().deadline(Duration.ofSeconds(3)));
    assertThat(flights.getLast().timeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void a_cancelled_message_leaves_the_queue() {
    give(client, "1", SendOptions.none());
    var second = send("2");
    give(client, "3", SendOptions.none());
    second.cancel(true);
    assertThat(client.unfinished()).isEqualTo(2);
    answer(200);
    assertNext("3", STEP);
  }

  @Test
  void a_cancelled_request_is_broken_off_and_the_lane_keeps_its_pace() {
    var first = send("1");
    give(client, "2", SendOptions.none());
    first.cancel(true);
    assertThat(flights.getFirst().answer()).isCancelled();
    assertNext("2", STEP);
  }

  @Test
  void a_message_cancelled_while_it_waits_to_be_repeated_is_not_repeated() {
    var first = send("1");
    give(client, "2", SendOptions.none());
    answer(503, Map.of("Retry-After", List.of("9")));
    first.cancel(true);
    assertNext("2", Duration.ofSeconds(9));
  }

  @Test
  void idle_lanes_vanish_with_all_their_timers() {
    give(client, "1", SendOptions.none());
    give(client, "2", SendOptions.none());
    answer(200);
    time.advance(STEP);
    answer(429);
    time.advance(Duration.ofSeconds(2));
    answer(200);
    assertThat(lanes.count()).isEqualTo(1);
    time.advance(Duration.ofMinutes(1));
    assertThat(lanes.count()).isZero();
    assertThat(time.timers()).isZero();
    var unpaced = client("BBBB", Duration.ZERO);
    give(unpaced, "3", SendOptions.none());
    answer(200);
    assertThat(lanes.count()).isZero();
  }

  @Test
  void a_long_queue_that_fails_at_once_does_not_pile_up_calls() {
    var builder = builder("CCCC").pace(Duration.ZERO).onError(ErrorPolicy.IGNORE);
    builder.exchange =
        (address, body, timeout) ->
            CompletableFuture.completedFuture(Attempt.unanswered(Reason.UNREACHABLE, "no"));
    var queued = new ArrayList<Runnable>();
    var queuing = builder.build(new Lanes(time, time, queued::add));
    var results = new ArrayList<CompletableFuture<SendResult>>();
    for (int i = 0; i < 2_000; i++) {
      results.add(queuing.sendAsync(Message.text("x")));
    }
    while (!queued.isEmpty()) {
      queued.removeFirst().run();
    }
    assertThat(results).allSatisfy(one -> assertThat(one.join().attempts()).isEqualTo(1));
  }

  private static SendResult ended(CompletableFuture<SendResult> result) throws Exception {
    return result.get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Fri, 31 Dec 9999 23:59:59 GMT", "31536000000", "99999999999999999999"})
  void a_wait_without_end_ends_its_message_and_no_later_one_waits_for_it(String wait)
      throws Exception {
    var first = send("1");
    answer(503, Map.of("Retry-After", List.of(wait)));
    assertThat(ended(first).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(ended(first).retryIn()).contains(Duration.ofDays(366));
    assertThat(ended(send("2")).reason()).isEqualTo(Reason.DEADLINE);
    assertThat(client.unfinished()).isZero();
  }

  @Test
  void whatever_is_thrown_ends_its_message_and_the_lane_goes_on() throws Exception {
    var builder = builder("CCCC").onError(ErrorPolicy.IGNORE);
    var throwing = new ArrayList<Error>(List.of(new InternalError("from the test itself")));
    builder.exchange =
        (address, body, timeout) -> {
          if (!throwing.isEmpty()) {
            throw throwing.removeFirst();
          }
          return fly(address, body, timeout);
        };
    var broken = builder.build(lanes);
    var first = broken.sendAsync(Message.text("1"));
    var second = broken.sendAsync(Message.text("2"));
    var third = broken.sendAsync(Message.text("3"));
    assertThat(ended(first).reason()).isEqualTo(Reason.NO_ANSWER);
    assertThat(ended(first).text()).contains("InternalError");
    time.advance(STEP);
    flights.getLast().answer().completeExceptionally(new IllegalStateException("a test's own"));
    assertThat(ended(second).reason()).isEqualTo(Reason.NO_ANSWER);
    assertNext("3", STEP);
    answer(200);
    assertThat(ended(third).sent()).isTrue();
    assertThat(broken.unfinished()).isZero();
  }

  @Test
  void where_no_thread_is_to_be_had_the_lane_goes_on_all_the_same() throws Exception {
    var poor =
        new Lanes(
            time,
            time,
            task -> {
              throw new InternalError("from the test itself");
            });
    var sender = builder("CCCC").build(poor);
    var first = sender.sendAsync(Message.text("1"), SendOptions.none());
    var second = sender.sendAsync(Message.text("2"), SendOptions.none());
    answer(200);
    assertNext("2", STEP);
    answer(200);
    assertThat(List.of(ended(first), ended(second))).allMatch(SendResult::sent);
  }

  @Test
  void a_repetition_that_the_pace_puts_behind_the_deadline_is_given_up_at_once() throws Exception {
    var slow = client("DDDD", Duration.ofSeconds(8));
    var only = slow.sendAsync(Message.text("1"), SendOptions.none().deadline(SECOND));
    answer(503, Map.of("Retry-After", List.of("0.2")));
    assertThat(ended(only).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(ended(only).attempts()).isEqualTo(1);
  }

  @Test
  void a_deadline_ends_the_wait_for_a_repetition() throws Exception {
    var first = client.sendAsync(Message.text("1"), SendOptions.none().deadline(SECOND.plus(STEP)));
    answer(503);
    give(client("AAAA", Duration.ofSeconds(8)), "2", SendOptions.none()); // and slows the lane
    time.advance(STEP);
    assertThat(first).isNotDone();
    time.advance(SECOND);
    assertThat(ended(first).reason()).isEqualTo(Reason.UNAVAILABLE);
    assertNext("2", Duration.ofMillis(8_020).minus(STEP).minus(SECOND));
  }

  @Test
  void a_deadline_ends_the_wait_for_one_of_256_places() throws Exception {
    for (int i = 0; i < 256; i++) {
      give(client("S" + i, SECOND), "hangs", SendOptions.none());
    }
    var last = client("S256", SECOND);
    var late = last.sendAsync(Message.text("late"), SendOptions.none().deadline(SECOND));
    time.advance(SECOND);
    assertThat(ended(late).reason()).isEqualTo(Reason.DEADLINE);
    assertThat(ended(late).attempts()).isZero();
    assertThat(flights).hasSize(256);
    var next = last.sendAsync(Message.text("next"));
    answer(200); // its place is the late one's, who leaves it to the next
    assertThat(flights).hasSize(257);
    answer(200);
    assertThat(ended(next).sent()).isTrue();
  }

  @Test
  void urgent_ones_and_one_that_is_being_repeated_count_among_those_that_wait() throws Exception {
    var small = builder("AAAA").queue(2).build(lanes);
    give(small, "flies", SendOptions.none());
    give(small, "urgent", SendOptions.none().urgent());
    give(small, "normal", SendOptions.none());
    assertThat(ended(small.sendAsync(Message.text("4"))).reason()).isEqualTo(Reason.QUEUE_FULL);

    var other = builder("BBBB").queue(2).build(lanes);
    give(other, "fails", SendOptions.none());
    answer(503);
    give(other, "normal", SendOptions.none());
    assertThat(ended(other.sendAsync(Message.text("3"))).reason()).isEqualTo(Reason.QUEUE_FULL);
  }

  @Test
  void a_deadline_before_its_turn_says_whose_doing_that_is() throws Exception {
    var soon = SendOptions.none().deadline(Duration.ofMillis(500));
    for (var why :
        Map.of(200, "too short ago", 429, "over its quota", 503, "the far side failed").entrySet()) {
      var sender = client("S" + why.getKey(), SECOND);
      give(sender, "1", SendOptions.none());
      answer(why.getKey(), Map.of("Retry-After", List.of("9")));
      assertThat(ended(sender.sendAsync(Message.text("2"), soon)).text()).contains(why.getValue());
    }
  }
}
