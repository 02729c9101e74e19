package campana.server.quota;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.ManualClock;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpaceQuotaTest {
  /// Posts at these milliseconds, each answered `ok` or with the milliseconds to wait.
  @ParameterizedTest(name = "{0} burst {1}: posts at {2} ms are answered {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # rate | burst | at ms                 | answers
            1/s  | 1     | 0 0 999 1000          | ok 1000 1 ok
            1/s  | 1     | 0 1500 2000 2500      | ok ok 500 ok
            1/s  | 1     | 0 100 200 1000        | ok 900 800 ok
            1/s  | 3     | 0 0 0 0 1000 1000     | ok ok ok 1000 ok 1000
            30/m | 1     | 0 1999 2000           | ok 1 ok
            10/s | 1     | 0 50 100 150 200      | ok 50 ok 50 ok
            1/s  | 1     | 0 -5000 -4500         | ok ok 500
            1/s  | 1     | 0 -500                | ok 1500
            1/s  | 2     | 0 0 -4000             | ok ok ok
          """)
  void slots_come_one_by_one_and_a_clock_set_back_makes_nobody_wait(
      String rate, int burst, String at, String answers) {
    var quota = QuotaRate.parse(rate, burst);
    var state = 0L;
    var told = new java.util.StringJoiner(" ");
    for (var millis : at.split(" ", -1)) {
      var now = ManualClock.NOON.plusMillis(Long.parseLong(millis));
      switch (SpaceQuota.take(quota, state, now)) {
        case SpaceQuota.Taken(var next) -> {
          state = next;
          told.add("ok");
        }
        case SpaceQuota.Later(var retryIn) -> told.add("" + retryIn.toMillis());
      }
    }
    assertThat(told.toString()).isEqualTo(answers);
  }

  @ParameterizedTest(name = "from {0} to {1}: the next post after {2} ms is answered {3}")
  @CsvSource({
    "1/s, 10/s, 0, ok", // a second ahead is more than the new rate can be
    "1/m, 1/s, 0, ok",
    "10/s, 1/s, 50, 50",
    "1/s, 1/m, 1000, ok",
  })
  void a_new_rate_holds_at_once(String before, String after, long millis, String answer) {
    var taken = (SpaceQuota.Taken) SpaceQuota.take(QuotaRate.parse(before, 1), 0, ManualClock.NOON);
    var next =
        SpaceQuota.take(
            QuotaRate.parse(after, 1),
            taken.state(),
            ManualClock.NOON.plus(Duration.ofMillis(millis)));
    assertThat(
            switch (next) {
              case SpaceQuota.Taken _ -> "ok";
              case SpaceQuota.Later(var retryIn) -> "" + retryIn.toMillis();
            })
        .isEqualTo(answer);
  }
}
