package campana.server.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.quota.QuotaRate;
import campana.server.rehearsal.Wish;
import campana.server.space.NewSpace;
import campana.testkit.Browser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every page once, wide and narrow, light and dark, with pictures under `target/screens` for
/// whoever wants to look.
@Tag("browser")
class ScreensTest {
  private static final String CARD =
      """
      {"cardsV2": [{"cardId": "campana-firing-critical", "card": {
        "header": {"title": "HighErrorRate on checkout", "subtitle": "critical · eu-west-1"},
        "sections": [{"widgets": [
          {"textParagraph": {"text": "<b>7.4 %</b> of requests fail; the limit is 1 %."}},
          {"columns": {"columnItems": [
            {"widgets": [{"decoratedText": {"topLabel": "Service", "text": "checkout"}}]},
            {"widgets": [{"decoratedText": {"topLabel": "Since", "text": "10:28:03"}}]}]}},
          {"decoratedText": {"startIcon": {"knownIcon": "CLOCK"}, "topLabel": "Runbook", "text": "Check the payment provider first", "wrapText": true}},
          {"buttonList": {"buttons": [
            {"text": "Open dashboard", "onClick": {"openLink": {"url": "https://example.org/d/1"}}},
            {"text": "Silence", "onClick": {"openLink": {"url": "https://example.org/s/1"}}}]}}]}]}}]}
      """;

  /// Each text on the ground it stands on, by WCAG's formula; says which are too faint.
  private static final String CONTRAST =
      """
      const rgb = text => {
        const n = text.match(/[\\d.]+/g).map(Number), unit = text.startsWith('color(');
        return {c: n.slice(0, 3).map(v => unit ? v * 255 : v), a: n.length > 3 ? n[3] : 1};
      };
      const light = c => c.map(v => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
        .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
      const ground = element => {
        for (let e = element; e; e = e.parentElement) {
          const b = rgb(getComputedStyle(e).backgroundColor);
          if (b.a > 0.99) return b.c;
        }
        return [255, 255, 255];
      };
      const faint = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const e = walk.currentNode.parentElement;
        if (!walk.currentNode.data.trim() || !e.checkVisibility({opacityProperty: true})) continue;
        const ink = light(rgb(getComputedStyle(e).color).c), paper = light(ground(e));
        const ratio = (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
        if (ratio < 4.5) faint.push(walk.currentNode.data.trim().slice(0, 30) + ' ' + ratio.toFixed(2));
      }
      return faint.join('; ');
      """;

  /// What axe, the usual judge of accessibility, finds wrong. Contrast we measure ourselves.
  private static final String BARRIERS =
      """
      return axe.run(document, {resultTypes: ['violations'], rules: {'color-contrast': {enabled: false}}})
        .then(found => found.violations
          .map(each => each.id + ': ' + each.nodes.map(node => node.target).join(' ')).join('; '));
      """;

  private static final String AXE = axe();

  @TempDir Path folder;

  private static String axe() {
    try (var in = Objects.requireNonNull(ScreensTest.class.getResourceAsStream("/axe.min.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void every_page_fits_and_has_no_barriers_and_breaks_no_policy() {
    try (var pages = new PageServer(folder);
        var browser = Browser.open("en")) {
      var rooms = pages.server().app().rooms();
      var owner = pages.server().owner();
      var ops = pages.server().space();
      var empty = rooms.spaces().create(NewSpace.named("Deployments"), owner).done().orElseThrow();
      rooms.spaces().create(NewSpace.named("Quickstart"), owner);
      rooms.spaces().setQuota(ops.id(), new QuotaRate(Duration.ofMillis(20), 50));
      var grace =
          rooms.people().create("grace@example.org", "Grace Hopper", false).done().orElseThrow();
      rooms.people().rename(owner.id(), "Ada Byron");
      rooms.spaces().addMember(ops.id(), grace, false, owner);
      var am = rooms.webhooks().create(ops, "Alertmanager", "").done().orElseThrow();
      var gh = rooms.webhooks().create(ops, "GitHub", "").done().orElseThrow();
      var qs = rooms.webhooks().create(ops, "Quickstart Webhook", "").done().orElseThrow();
      var a = pages.url(am);
      pages.post(a, "disk", "[FIRING:1] DiskWillFillIn4Hours on *db-1* (limit 10 %)");
      pages.post(a, "disk", "[FIRING:1] 8 % left");
      pages.post(a, "disk", "[RESOLVED] 61 % left after the clean-up");
      pages.post(pages.url(qs), "```\n" + "line of a log that is long\n".repeat(20) + "```");
      pages.post(
          pages.url(gh),
          "*main*: 3 commits by grace, build `#4182` passed <https://example.org/b/4182|open it>");
      pages.json(
          a + "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD",
          CARD.replaceFirst("\\{", "{\"thread\": {\"threadKey\": \"err\"}, "));
      pages.post(a, "err", "🔴 9.1 % now");
      pages.post(a, "err", "Rollback of _checkout_ started by grace");
      pages.post(a, "cert", "⚠️ CertificateExpires: `api.example.org` in 6 days");
      pages.post(a, "down", "🔴 InstanceDown: node-7.example.org has not answered for 5 minutes");
      pages.post(pages.url(qs), "Hello from a Python script!");
      pages.post(pages.url(gh), "*checkout* `v41` deployed to production");

      var base = pages.server().app().address();
      browser.go(base + "/sign-in");
      all(browser, "sign-in");
      browser.go(base + "/sign-in/" + rooms.signIn().link(owner));
      all(browser, "link");
      pages.signIn(browser);
      for (var page :
          new String[][] {
            {"space", "/spaces/" + ops.id()},
            {"thread", "/spaces/" + ops.id() + "/threads/6"},
            {"empty", "/spaces/" + empty.id()},
            {"apps", "/spaces/" + ops.id() + "/apps"},
            {"webhook", "/spaces/" + ops.id() + "/apps/new"},
            {"settings", "/spaces/" + ops.id() + "/settings"},
            {"organisation", "/organisation"},
            {"me", "/me"},
            {"home", "/"},
            {"new", "/spaces/new"},
            {"direct", "/direct/new"},
            {"missing", "/spaces/cmpNowhere1"},
          }) {
        browser.go(base + page[1]);
        all(browser, page[0]);
      }
      var wish = new Wish("503", 10, "5m", 20);
      assertThat(rooms.rehearsals().start(ops, wish, owner).done()).isPresent();
      browser.go(base + "/spaces/" + ops.id());
      all(browser, "rehearsal");
      browser.go(base + "/spaces/" + ops.id() + "/apps");
      browser.script("document.querySelector('#rehearse').scrollIntoView()");
      all(browser, "apps-rehearsal");
      assertThat(browser.complaints()).noneMatch(text -> text.contains("Content Security Policy"));
    }
  }

  private static void all(Browser browser, String name) {
    for (var scheme : new String[] {"light", "dark"}) {
      browser.prefer("prefers-color-scheme", scheme);
      for (var wide : new boolean[] {true, false}) {
        browser.size(wide ? 1280 : 390, wide ? 800 : 844);
        browser.see("main");
        browser.picture(
            Path.of("target/screens", name + (wide ? "-" : "-phone-") + scheme + ".png"));
        assertThat(browser.script("return document.documentElement.scrollWidth - innerWidth"))
            .as(name + " is no wider than the screen")
            .isEqualTo(0L);
        assertThat(browser.script(CONTRAST))
            .as(name + ", " + scheme + ": all text at 4.5:1")
            .isEqualTo("");
      }
    }
    browser.script(AXE);
    assertThat(browser.script(BARRIERS)).as(name + " on a phone: no barriers").isEqualTo("");
    browser.size(1280, 800);
    assertThat(browser.script(BARRIERS)).as(name + ": no barriers").isEqualTo("");
  }
}
