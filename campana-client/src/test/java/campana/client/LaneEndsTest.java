package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each message of a lane ends, in virtual time: by its deadline, a refusal, or what is thrown. */
class LaneEndsTest extends LaneRig {
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
            },
            Runnable::run);
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
        Map.of(200, "too short ago", 429, "over its quota", 503, "the far side failed")
            .entrySet()) {
      var sender = client("S" + why.getKey(), SECOND);
      give(sender, "1", SendOptions.none());
      answer(why.getKey(), Map.of("Retry-After", List.of("9")));
      assertThat(ended(sender.sendAsync(Message.text("2"), soon)).text()).contains(why.getValue());
    }
  }

  @Test
  void a_deadline_that_passes_on_the_way_into_the_lane_ends_the_message() throws Exception {
    var looks = new AtomicInteger();
    LongSupplier hasty = // a second goes by between any two looks at it
        () -> time.getAsLong() + SECOND.toNanos() * looks.incrementAndGet();
    var sender = builder("CCCC").build(new Lanes(hasty, time, Runnable::run, Runnable::run));
    var options = SendOptions.none();
    for (int seconds = 1; seconds < 9; seconds++) {
      var late =
          sender.sendAsync(Message.text("late"), options.deadline(SECOND.multipliedBy(seconds)));
      if (!flights.isEmpty()) {
        break;
      }
      assertThat(ended(late).reason()).isEqualTo(Reason.DEADLINE);
    }
    assertThat(flights.getLast().timeout()).isPositive();
    assertThat(sender.unfinished()).isEqualTo(1);
  }
}
