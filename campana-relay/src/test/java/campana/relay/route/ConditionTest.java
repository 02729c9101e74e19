package campana.relay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.relay.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionTest {
  @ParameterizedTest(name = "{0} of {1}: {2}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          trigger.severity != 'INFO'                                ¦ alertmanager/firing.json   ¦ true
          trigger.severity == "WARNING"                             ¦ alertmanager/firing.json   ¦ false
          trigger.state == 'RESOLVED' && trigger.resolved == 2      ¦ alertmanager/resolved.json ¦ true
          trigger.labels.team == 'web'                              ¦ alertmanager/firing.json   ¦ true
          trigger.labels.region == 'eu'                             ¦ alertmanager/firing.json   ¦ false
          trigger.labels['region'] != 'eu'                          ¦ alertmanager/firing.json   ¦ true
          'team' in trigger.labels && !('region' in trigger.labels) ¦ alertmanager/firing.json   ¦ true
          has(trigger.labels.region)                                ¦ alertmanager/firing.json   ¦ false
          trigger.event.startsWith('pull_request.')                 ¦ github/pull_request.merged.json ¦ true
          trigger.actor in ['ada', 'eva']                           ¦ github/pull_request.merged.json ¦ false
          trigger.labels.branch == 'main' && trigger.count > 2      ¦ github/push.commits.json   ¦ true
          !trigger.repeat                                           ¦ alertmanager/repeat.json   ¦ false
          trigger.title.matches('^High') || trigger.body.contains('x') ¦ alertmanager/repeat.json ¦ true
          ['web', 'db'].exists(t, t == trigger.labels.team)         ¦ alertmanager/firing.json   ¦ true
          trigger.facts.team == 'web' && trigger.firing >= 1        ¦ alertmanager/firing.json   ¦ true
          """)
  void a_condition_sees_the_trigger(String cel, String sample, boolean holds) {
    var trigger = Samples.of(sample).triggers().getFirst();
    assertThat(Condition.of(cel).holds(trigger)).isEqualTo(holds);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          trigger.severty == 'INFO'      ¦ line 1, column 1: there is no trigger.severty; wanted: one of trigger.actor
          trigger.count == 'x'           ¦ line 1, column 15: found no matching overload
          trigger.count                  ¦ expected type 'bool' but found 'int'
          trigger.severity == 'critical' ¦ line 1, column 1: trigger.severity is never 'critical'; wanted: one of CRITICAL, INFO, OK, WARNING
          trigger.state != "DOWN"        ¦ trigger.state is never 'DOWN'; wanted: one of FIRING, INFO, RESOLVED, UPDATE
          trigger.repeat &&              ¦ line 1, column 18: mismatched input
          foo(1)                         ¦ undeclared reference to 'foo'
          """)
  void a_mistake_is_told_with_its_place_and_the_wish(String cel, String told) {
    assertThatThrownBy(() -> Condition.of(cel))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(told);
  }

  @Test
  void a_mistake_in_a_later_line_has_that_line() {
    assertThatThrownBy(() -> Condition.of("trigger.repeat ||\n  trigger.nosuch == 1"))
        .hasMessageContaining("line 2, column 3: there is no trigger.nosuch");
  }

  @Test
  void what_cannot_be_decided_holds() {
    var trigger = Samples.of("alertmanager/firing.json").triggers().getFirst();
    assertThat(Condition.of("1 / (trigger.count - 1) == 7").holds(trigger)).isTrue();
    assertThat(Condition.of("trigger.title.matches('a(')").holds(trigger)).isTrue();
  }

  @Test
  void none_is_always() {
    assertThat(Condition.of("  ")).isSameAs(Condition.ALWAYS);
  }
}
