package campana.relay.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.relay.Samples;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          {{trigger.title}} is {{trigger.state}} ¦ HighLatency is UPDATE
          {{upper trigger.title}} {{lower trigger.title}} ¦ HIGHLATENCY highlatency
          {{trigger.firing}} {{plural trigger.firing "alert" "alerts"}} ¦ 2 alerts
          {{plural trigger.resolved "alert" "alerts"}} ¦ alert
          {{date trigger.since "d MMM HH:mm"}} ¦ 1 mar 10:59
          {{duration trigger.since}} ¦ 6 min
          {{truncate trigger.title 5}} ¦ High…
          {{link "https://x.example/?q=a b" "here"}} ¦ <https://x.example/?q=a%20b|here>
          {{link "javascript:alert(1)" "here"}} ¦ here
          {{bold trigger.labels.team}} {{code trigger.labels.team}} ¦ *web* `web`
          {{#if (eq trigger.severity "CRITICAL")}}now{{else}}later{{/if}} ¦ now
          {{#each trigger.items}}{{title}}{{#unless @last}}, {{/unless}}{{/each}} ¦ web-3, web-1, web-2
          {{#each trigger.items as |i|}}{{i.title}};{{/each}} ¦ web-3;web-1;web-2;
          {{#with trigger.labels}}{{team}}{{/with}} ¦ web
          {{trigger.counts}} / {{trigger.stateWord}} / {{trigger.severityWord}} ¦ 2 attivi, 1 risolto / Aggiornamento / critico
          {{route}} > {{destination}} ¦ web > ops
          {{trigger.labels.nosuch}}. ¦ .
          """)
  void a_template_sees_the_trigger(String template, String text) {
    var rendered = rendered(Template.ofText(template), "alertmanager/mixed.json");
    assertThat(rendered).contains(text);
  }

  @Test
  void what_is_foreign_is_escaped_and_raw_only_where_it_is_asked_for() {
    var sample = "alertmanager/hostile.json";
    assertThat(rendered(Template.ofText("{{trigger.title}}"), sample))
        .contains("<\u200Busers/all>");
    assertThat(rendered(Template.ofText("{{raw trigger.title}}"), sample)).contains("<users/all>");
    assertThat(rendered(Template.ofText("{{bold trigger.title}}"), sample))
        .contains("*<\u200Busers/all>*");
    assertThat(rendered(Template.ofText("{{link \"https://x.example\" trigger.title}}"), sample))
        .contains("<https://x.example|‹users/all›>");
    assertThat(rendered(Template.ofText("{{upper trigger.labels.team}}"), sample))
        .get()
        .asString()
        .contains("\u200B");
    assertThat(rendered(Template.ofTitle("{{trigger.title}}"), sample)).contains("<users/all>");
  }

  @Test
  void a_body_that_is_markup_stays_so() {
    assertThat(rendered(Template.ofText("{{trigger.body}}"), "slack/danger.json"))
        .get()
        .asString()
        .contains("*<https://b.example.org/1|nightly>*");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '¦',
      quoteCharacter = '§',
      textBlock =
          """
          {{#if trigger.title}}          ¦ line 1
          {{nosuch trigger.title 3}}     ¦ could not find helper: 'nosuch'
          {{log trigger.title}}          ¦ could not find helper: 'log'
          {{i18n "x"}}                   ¦ could not find helper: 'i18n'
          {{> other}}                    ¦ line 1, column 1: there are no partials
          a {{#> other}}x{{/other}}      ¦ line 1, column 3: there are no partials
          {{#*inline "x"}}{{/inline}}    ¦ there are no partials
          ab {{trigger.titel}}           ¦ line 1, column 6: there is no 'trigger.titel'; wanted: one of trigger.actor
          {{titel}}                      ¦ there is no 'titel'; wanted: one of trigger, route, destination
          {{upper triger.title}}         ¦ there is no 'triger.title'
          """)
  void a_mistake_is_told_with_its_place_and_the_wish(String template, String told) {
    assertThatThrownBy(() -> Template.ofText(template))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(told);
  }

  @Test
  @Timeout(20)
  void a_template_that_goes_round_without_a_word_ends_too() {
    var silent =
        "{{#each trigger.items}}".repeat(12)
            + "{{#if trigger.repeat}}x{{/if}}"
            + "{{/each}}".repeat(12);
    assertThat(rendered(Template.ofText(silent), "alertmanager/truncated.json")).isEmpty();
  }

  @Test
  void a_template_that_goes_round_and_round_ends_and_is_not_shown() {
    var nested = "{{#each trigger.items}}".repeat(12) + "{{title}}" + "{{/each}}".repeat(12);
    assertThat(rendered(Template.ofText(nested), "alertmanager/truncated.json")).isEmpty();
    var wide = "{{#each trigger.items}}".repeat(5) + "x".repeat(100) + "{{/each}}".repeat(5);
    assertThat(rendered(Template.ofText(wide), "alertmanager/truncated.json")).isEmpty();
  }

  @Test
  void nothing_in_a_template_reaches_an_object_by_reflection() {
    var template = Template.ofText("[{{trigger.since.epochSecond}}{{trigger.labels.class.name}}]");
    assertThat(rendered(template, "alertmanager/mixed.json")).contains("[]");
  }

  @Test
  void an_empty_rendering_is_none() {
    var template = Template.ofText("{{#if trigger.repeat}}again{{/if}}");
    assertThat(rendered(template, "alertmanager/mixed.json")).isEmpty();
  }

  @Test
  void a_template_cannot_be_endlessly_long() {
    assertThatThrownBy(() -> Template.ofText("x".repeat(20_000))).hasMessageContaining("at most");
  }

  private static Optional<String> rendered(Template template, String sample) {
    var trigger = Samples.of(sample).triggers().getFirst();
    var to = Samples.destination("ops", "it", "Europe/Rome");
    return template.render(
        new Model(
            trigger, "web", to.name(), Words.in("it"), to.language(), to.zone(), Samples.NOON));
  }

  @Test
  void known_names_are_those_that_a_model_has() {
    for (var name : Model.TRIGGER) {
      assertThat(rendered(Template.ofText("x{{trigger." + name + "}}"), "github/push.one.json"))
          .isPresent();
    }
  }
}
