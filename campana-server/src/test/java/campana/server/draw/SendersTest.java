package campana.server.draw;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Messages as real tools compose them, drawn whole.
class SendersTest {
  private static final String REL = "rel=\"noopener noreferrer nofollow\" target=\"_blank\"";

  private static String draw(String json) {
    var html = Drawings.DRAWING.html(Drawings.bytes(json));
    SafeHtml.check(html);
    return html;
  }

  @Test
  void grafana_alerting() {
    var html =
        draw(
            """
            {"previewText":"[FIRING:1] High latency","fallbackText":"[FIRING:1] High latency",
             "cards":[{"header":{"title":"[FIRING:1] High latency"},"sections":[{"widgets":[
               {"textParagraph":{"text":"**Firing**\\n\\nValue: B=1.2\\nLabels:\\n - instance = api-3\\n"}},
               {"buttons":[{"textButton":{"text":"OPEN IN GRAFANA",
                 "onClick":{"openLink":{"url":"https://grafana.example/alerting/list"}}}}]},
               {"textParagraph":{"text":"Grafana v11.2.0 | 22 Nov 26 01:54 UTC"}}]}]}]}
            """);
    assertThat(html)
        .isEqualTo(
            "<div class=\"m-cards\"><div class=\"m-card\"><div class=\"m-card-header\">"
                + "<div class=\"m-card-names\"><div class=\"m-card-title\">[FIRING:1] High latency"
                + "</div></div></div><div class=\"m-section\"><div class=\"m-widget\">"
                + "<div class=\"m-paragraph\">**Firing**\n\nValue: B=1.2\nLabels:\n"
                + " - instance = api-3\n</div></div><div class=\"m-widget\">"
                + "<div class=\"m-buttons\"><a href=\"https://grafana.example/alerting/list\" "
                + REL
                + " class=\"m-button m-outlined\"><span class=\"m-face\">OPEN IN GRAFANA</span></a>"
                + "</div></div><div class=\"m-widget\"><div class=\"m-paragraph\">"
                + "Grafana v11.2.0 | 22 Nov 26 01:54 UTC</div></div></div></div></div>");
  }

  @Test
  void grafana_without_its_root_url_loses_the_link_and_keeps_the_card() {
    var html =
        draw(
            """
            {"cards":[{"header":{"title":"t"},"sections":[{"widgets":[{"buttons":[{"textButton":
             {"text":"OPEN","onClick":{"openLink":{"url":"/alerting/list"}}}}]}]}]}]}
            """);
    assertThat(html).contains(">t<", ">OPEN<", "m-dead").doesNotContain("<a ");
  }

  @Test
  void gatus() {
    var html =
        draw(
            """
            {"cards":[{"sections":[{"widgets":[{"keyValue":{"topLabel":"endpoint-name [core]",
             "content":"<font color='#DD0000'>An alert has been triggered due to having failed 3 time(s) in a row</font>",
             "contentMultiline":true,"bottomLabel":"is down","icon":"BOOKMARK"}},
             {"keyValue":{"topLabel":"Condition results","content":"❌   [CONNECTED] == true<br>",
             "contentMultiline":true,"icon":"DESCRIPTION"}},
             {"buttons":[{"textButton":{"text":"URL","onClick":{"openLink":{"url":"https://e.org"}}}}]}]}]}]}
            """);
    assertThat(html)
        .contains(
            "<span class=\"m-ink-red\">An alert has been triggered",
            ">endpoint-name [core]<",
            ">is down<",
            "❌",
            "href=\"https://e.org\"");
    assertThat(html.split("<svg", -1)).hasSize(3);
  }

  @Test
  void uptime_kuma() {
    var content =
        Drawings.bytes(
            """
            {"fallbackText":"🔴 web is down","cardsV2":[{"card":{"header":{"title":"🔴 Application went down"},
             "sections":[{"widgets":[
              {"textParagraph":{"text":"<b>Message:</b>\\n connect ECONNREFUSED"}},
              {"textParagraph":{"text":"<b>Time (UTC):</b>\\n2026-11-22 10:31:00"}}]}]}}]}
            """);
    assertThat(Drawings.DRAWING.html(content))
        .contains("🔴 Application went down", "<b>Message:</b>\n connect ECONNREFUSED");
    assertThat(MessageDrawing.plain(content)).isEqualTo("🔴 web is down");
    assertThat(MessageDrawing.state(content)).isEqualTo(MessageState.FIRING);
  }

  @Test
  void healthchecks() {
    var html =
        draw(
            """
            {"cardsV2":[{"card":{"header":{"title":"The check “Backup” is DOWN.","subtitle":"Ops"},
             "sections":[{"widgets":[
              {"decoratedText":{"topLabel":"Project","text":"Alice’s Project"}},
              {"decoratedText":{"topLabel":"Tags","text":"<code>db</code> <code>prod</code>"}},
              {"decoratedText":{"topLabel":"Last Ping","text":"Success, 2 hours ago"}},
              {"buttonList":{"buttons":[{"text":"View on Healthchecks",
               "onClick":{"openLink":{"url":"https://hc.example/checks/1/details/"}}}]}}]}]}}]}
            """);
    assertThat(html)
        .contains(
            ">The check “Backup” is DOWN.<",
            "<div class=\"m-body m-labelled\"><div class=\"m-label\">Project</div>"
                + "<div class=\"m-value\"><div class=\"m-words\">Alice’s Project</div></div></div>",
            "<code>db</code>",
            ">View on Healthchecks<");
  }

  @Test
  void alertmanager_by_way_of_calert() {
    var content =
        Drawings.content(
            "*(FIRING) HighLoad - Warning*\nDashboard: <https://g.example/d/1|load>\n"
                + "*Labels*:\n* instance: `db1`\n* job: node",
            false);
    var html = Drawings.DRAWING.html(content);
    SafeHtml.check(html);
    assertThat(html)
        .contains(
            "<p><b>(FIRING) HighLoad - Warning</b>\nDashboard: <a href=\"https://g.example/d/1\"")
        .contains(
            "<b>Labels</b>:</p><ul><li>instance: <code>db1</code></li><li>job: node</li></ul>");
    assertThat(MessageDrawing.state(content)).isEqualTo(MessageState.FIRING);
  }
}
