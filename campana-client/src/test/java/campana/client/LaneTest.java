package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Pace and order of a lane, in virtual time. */
class LaneTest extends LaneRig {
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
    var queuing = builder.build(new Lanes(time, time, queued::add, Runnable::run));
    var results = new ArrayList<CompletableFuture<SendResult>>();
    for (int i = 0; i < 2_000; i++) {
      results.add(queuing.sendAsync(Message.text("x")));
    }
    while (!queued.isEmpty()) {
      queued.removeFirst().run();
    }
    assertThat(results).allSatisfy(one -> assertThat(one.join().attempts()).isEqualTo(1));
  }
}
