package campana.server.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.space.Space;
import campana.testkit.Browser;
import campana.testkit.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// One browser for all, and a space for each.
@Tag("browser")
@ParameterizedClass
@EnumSource(names = {"SQLITE", "POSTGRESQL"})
class LivePageTest {
  private static PageServer pages;
  private static Browser browser;
  private Space space;
  private String url;

  @Parameter Kind kind;

  @BeforeParameterizedClassInvocation
  static void start(Kind kind, @TempDir Path folder) {
    pages = new PageServer(kind, folder);
    browser = Browser.open("en");
    pages.signIn(browser);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    browser.close();
    pages.close();
  }

  @BeforeEach
  void space() {
    space = pages.server().space();
    url = pages.url(pages.server().webhook(space));
  }

  private void open() {
    browser.go(pages.address(space));
    browser.see(".live:not(.again)");
  }

  @Test
  void a_message_appears_by_itself() {
    open();
    browser.script(
        "window.heard = 0; new MutationObserver(() => window.heard = Date.now()).observe(document.querySelector('#lines'), {childList: true})");
    var delays = new ArrayList<Long>();
    for (int i = 0; i < 10; i++) {
      browser.script("window.heard = 0");
      pages.post(url, "message " + i);
      var answered = System.currentTimeMillis();
      browser.until(() -> ((Number) browser.script("return window.heard")).longValue() > 0);
      delays.add(((Number) browser.script("return window.heard")).longValue() - answered);
    }
    System.out.println("ms from the post's answer to the page: " + delays);
    browser.reads("message 9");
  }

  @Test
  void an_answer_appears_in_its_thread_and_in_the_open_panel() {
    pages.post(url, "disk", "🔴 disk is full");
    pages.post(url, "something else");
    open();
    pages.post(url, "disk", "still 2 % left");
    browser.until(() -> browser.see("#t-1 .updates").getText().startsWith("1 update"));
    assertThat(browser.all("#lines .post")).hasSize(2);
    browser.see("#t-1 .updates").click();
    browser.see("#panel");
    assertThat(browser.url()).endsWith("/threads/1");
    pages.post(url, "disk", "✅ cleaned up");
    browser.until(() -> browser.see("#panel").getText().contains("cleaned up"));
    browser.until(() -> browser.see("#t-1").getText().contains("Resolved after"));
    browser.key(org.openqa.selenium.Keys.ESCAPE);
    browser.until(() -> browser.all("#panel").isEmpty());
    assertThat(browser.url()).endsWith(space.id());
  }

  @Test
  void an_answer_to_a_thread_far_above_gets_a_line_of_its_own() {
    pages.post(url, "old", "🔴 an old incident");
    IntStream.range(0, 40).forEach(i -> pages.post(url, "line " + i));
    open();
    pages.post(url, "old", "✅ over at last");
    browser.until(() -> browser.see("#far-1").getText().contains("over at last"));
    assertThat(browser.see("#far-1").getText()).contains("an old incident");
  }

  @Test
  void a_reconnect_replays_without_a_gap() {
    open();
    pages.post(url, "before");
    browser.reads("before");
    pages.restart(); // cuts the stream; what is posted before the browser is back must not be lost
    IntStream.range(0, 30).forEach(i -> pages.post(url, "during " + i));
    browser.reads("during 29");
    pages.post(url, "after");
    browser.reads("after");
    var texts = browser.all("#lines .post .body").stream().map(e -> e.getText().strip()).toList();
    assertThat(texts).hasSize(32).startsWith("before", "during 0", "during 1").endsWith("after");
    assertThat(texts).doesNotHaveDuplicates();
  }

  @Test
  void two_tabs_share_what_comes_and_each_shows_its_own_space() {
    var other = pages.server().space();
    var otherUrl = pages.url(pages.server().webhook(other));
    open();
    browser.newTab();
    browser.go(pages.address(other));
    browser.see(".live:not(.again)");
    pages.post(url, "to the first");
    pages.post(otherUrl, "to the second");
    browser.reads("to the second");
    assertThat(browser.text()).doesNotContain("to the first");
    browser.tab(0);
    browser.reads("to the first");
    assertThat(browser.text()).doesNotContain("to the second");
  }

  @Test
  void a_tab_whose_space_is_deleted_says_so_and_another_goes_on() {
    var other = pages.server().space();
    var otherUrl = pages.url(pages.server().webhook(other));
    open();
    browser.newTab();
    browser.go(pages.address(other));
    browser.see(".live:not(.again)");
    pages.server().app().rooms().spaces().delete(space.id(), pages.server().owner());
    browser.tab(0);
    browser.see(".live.off");
    browser.newTab();
    browser.go(pages.address(other));
    pages.post(otherUrl, "to the second");
    browser.reads("to the second");
    browser.tab(0);
    browser.see(".live.off");
  }

  @Test
  void sixty_alerts_at_once_all_appear_in_order() {
    open();
    IntStream.range(0, 60).parallel().forEach(i -> pages.post(url, "🔴 alert " + i));
    browser.until(() -> browser.all("#lines .post").size() == 60);
    var positions =
        browser.all("#lines .post").stream()
            .map(e -> Integer.valueOf(String.valueOf(e.getAttribute("data-position"))))
            .toList();
    assertThat(positions).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void who_reads_above_is_not_moved_and_is_told_how_many_came() {
    IntStream.range(0, 50).forEach(i -> pages.post(url, "line " + i));
    open();
    browser.script("document.querySelector('#feed').scrollTop = 100");
    var before = browser.script("return document.querySelector('#feed').scrollTop");
    pages.post(url, "one more");
    pages.post(url, "and one more");
    browser.until(() -> browser.see("#pill").getText().strip().equals("2 new"));
    assertThat(browser.script("return document.querySelector('#feed').scrollTop"))
        .isEqualTo(before);
    assertThat(browser.title()).startsWith("(2) ");
    browser.see("#pill").click();
    browser.until(() -> browser.all("#pill[hidden]").size() == 1);
    browser.until(() -> !browser.title().startsWith("("));
  }

  @Test
  void what_a_sender_writes_stays_text() {
    var evil =
        "<img src=x onerror=\"document.title='owned'\"><script>document.title='owned'</script>";
    var hook = pages.server().app().rooms().webhooks().create(space, evil, "").done().orElseThrow();
    open();
    pages.post(pages.url(hook), evil);
    browser.until(() -> browser.see(".post .body").getText().contains("onerror"));
    assertThat(browser.see(".post .sender").getText()).isEqualTo(evil);
    browser.go(pages.address(space) + "/apps");
    browser.reads("onerror");
    assertThat(browser.title()).doesNotContain("owned");
    assertThat(browser.all("main img[src='x'], main script")).isEmpty();
  }
}
