package campana.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSeekTest {
  private static LongUnaryOperator of(NavigableMap<Long, Long> times, AtomicInteger probes) {
    return position -> {
      probes.incrementAndGet();
      return times.getOrDefault(position, TimeSeek.GONE);
    };
  }

  private static long wanted(NavigableMap<Long, Long> times, long end, long time) {
    return times.entrySet().stream()
        .filter(message -> message.getValue() >= time)
        .mapToLong(message -> message.getKey() - 1)
        .min()
        .orElse(end - 1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 100, 5000})
  void the_last_message_before_a_time_is_found_in_few_looks(int messages) {
    var times = new TreeMap<Long, Long>();
    var position = 1000L; // retention took what was before
    for (var i = 0; i < messages; i++) {
      times.put(++position, 10L * (i / 3)); // some at the same time
    }
    for (var time : new long[] {-1, 0, 1, 10, 11, 500, 16_000, Long.MAX_VALUE}) {
      var probes = new AtomicInteger();
      var found = TimeSeek.lastBefore(time, position + 1, of(times, probes));
      assertThat(found).as("before " + time).isEqualTo(wanted(times, position + 1, time));
      assertThat(probes.get()).isLessThanOrEqualTo(20);
    }
  }

  @Test
  void a_clock_set_back_by_less_than_the_slack_hides_nothing() {
    var slack = TimeSeek.SLACK.toMillis();
    var chance = new Random(11);
    var times = new TreeMap<Long, Long>();
    for (var i = 1L; i <= 3000; i++) {
      times.put(i, i * slack / 20 - (chance.nextInt(30) == 0 ? chance.nextLong(slack) : 0));
    }
    for (var after = 0L; after < 3000 * slack / 20; after += slack / 3) {
      var limit = after;
      var low = TimeSeek.lastBefore(after - slack, 3001, of(times, new AtomicInteger()));
      assertThat(times.headMap(low, true).values()).noneMatch(time -> time > limit);
      var high = TimeSeek.lastBefore(after + slack, 3001, of(times, new AtomicInteger()));
      assertThat(times.tailMap(high, false).values()).noneMatch(time -> time < limit);
    }
  }
}
