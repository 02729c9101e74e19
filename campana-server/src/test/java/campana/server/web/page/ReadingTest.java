package campana.server.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.space.Space;
import campana.testkit.Browser;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/// Reading a space: by keys, upwards through what was, and without a mouse from the first page on.
/// One browser for all.
@Tag("browser")
class ReadingTest {
  private static PageServer pages;
  private static Browser browser;
  private Space space;
  private String url;

  @BeforeAll
  static void start(@TempDir Path folder) {
    pages = new PageServer(folder);
    browser = Browser.open("en");
    pages.signIn(browser);
  }

  @AfterAll
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

  @SuppressWarnings("unchecked")
  private static List<Object> list(String script) {
    return (List<Object>) browser.script("return " + script);
  }

  private static Object focused() {
    return browser.script("return (document.activeElement.closest('.post') || {}).id");
  }

  private static void press(CharSequence key, String focused) {
    browser.key(key);
    assertThat(focused()).as("after " + key).isEqualTo(focused);
  }

  @Test
  void j_and_k_walk_from_message_to_message_and_o_opens_the_thread_until_escape() {
    pages.post(url, "disk", "the disk");
    pages.post(url, "the second");
    pages.post(url, "net", "the net");
    pages.post(url, "disk", "a reply");
    open();
    press("j", "t-1");
    press("j", "t-2");
    press("o", "t-2"); // no thread to open
    press("j", "t-3");
    press("j", "t-3"); // the last
    press("k", "t-2");
    press("k", "t-1");
    press("k", "t-1"); // the first
    pages.post(url, "disk", "one that comes meanwhile");
    browser.until(() -> browser.see("#t-1 .updates").getText().startsWith("2 updates"));
    assertThat(focused()).as("it was drawn anew").isEqualTo("t-1");
    browser.key("o");
    browser.see("#panel");
    assertThat(browser.url()).endsWith("/threads/1");
    browser.key(Keys.ESCAPE);
    browser.until(() -> browser.all("#panel").isEmpty());
    assertThat(focused()).as("back where it was opened").isEqualTo("t-1");
    press("j", "t-2");
  }

  @Test
  void who_begins_with_j_begins_at_what_is_in_sight() {
    IntStream.rangeClosed(1, 50).forEach(i -> pages.post(url, "line " + i));
    open();
    browser.key("j");
    var first = (String) focused();
    assertThat(Integer.parseInt(first.substring(2))).isBetween(20, 49);
    open();
    press("k", "t-50");
  }

  @Test
  void a_question_mark_tells_the_keys_and_nothing_else_is_promised() {
    pages.post(url, "disk", "a message");
    pages.post(url, "disk", "a reply");
    open();
    browser.key("j");
    browser.key("o");
    browser.see("#panel");
    browser.key("?");
    var told = browser.all("#keys kbd").stream().map(key -> key.getText()).toList();
    assertThat(told).containsExactly("j", "k", "o", "Esc", "?");
    assertThat(browser.see("#keys").getText()).contains("Next message", "Open the thread");
    press("j", ""); // not while it is open
    browser.key(Keys.ESCAPE);
    browser.until(() -> browser.all("#keys[open]").isEmpty());
    assertThat(browser.all("#panel")).as("one thing at a time").hasSize(1);
    browser.key(Keys.ESCAPE);
    browser.until(() -> browser.all("#panel").isEmpty());
    browser.see(".title-menu > summary").click();
    browser.click("Keyboard");
    browser.see("#keys").findElement(org.openqa.selenium.By.tagName("button")).click();
    assertThat(browser.all("#keys[open]")).isEmpty();
  }

  @Test
  void what_stands_before_comes_by_scrolling_up_and_moves_nothing_that_is_read() {
    pages.post(url, "far", "line 1");
    IntStream.rangeClosed(2, 190)
        .forEach(i -> {
          pages.post(url, "line " + i);
          if (i == 100 || i == 180) {
            pages.post(url, "far", "an answer after line " + i);
          }
        });
    open();
    int all = 190;
    while (!browser.all("[data-older]").isEmpty()) {
      var first = list("[document.querySelector('#lines .post').id]");
      var place = "document.getElementById('" + first.getFirst() + "').getBoundingClientRect().top";
      browser.script("document.querySelector('#feed').scrollTop = 0; window.place = " + place);
      all++;
      pages.post(url, "line " + all);
      browser.until(() -> !list("[document.querySelector('#lines .post').id]").equals(first));
      assertThat(browser.script("return " + place))
          .isEqualTo(browser.script("return window.place"));
    }
    browser.reads("line " + all);
    assertThat(
            list("[...document.querySelectorAll('#lines .m-text')].map(e => e.textContent.trim())"))
        .isEqualTo(IntStream.rangeClosed(1, all).mapToObj(i -> "line " + i).toList());
    assertThat(list("[...document.querySelectorAll('[id]')].map(e => e.id)"))
        .doesNotHaveDuplicates();
    assertThat(browser.all(".day")).hasSize(1);
  }

  @Test
  void nothing_moves_for_who_wants_no_motion() {
    browser.prefer("prefers-reduced-motion", "reduce");
    open();
    pages.post(url, "a message");
    browser.see(".post.fresh");
    var moving =
        "return document.getAnimations().filter(a => a.effect.getTiming().duration > 1).length";
    assertThat(browser.script(moving)).isEqualTo(0L);
    browser.prefer("prefers-reduced-motion", "no-preference");
    pages.post(url, "another");
    browser.until(() -> browser.all(".post").size() == 2);
    assertThat((Long) browser.script(moving)).isPositive();
  }

  /// Tab, until what has the focus says or is labelled `name`; each stop on the way can be seen.
  private static void tabTo(String name) {
    for (int i = 0; i < 40; i++) {
      browser.key(Keys.TAB);
      var at =
          (List<?>)
              browser.script(
                  """
                  const e = document.activeElement, style = getComputedStyle(e);
                  return [e.getAttribute('aria-label') || e.labels?.[0]?.textContent || e.textContent.trim(),
                    e === document.body || style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2];
                  """);
      assertThat(at.get(1)).as("one sees that the focus is at " + at.get(0)).isEqualTo(true);
      if (at.getFirst().equals(name)) {
        return;
      }
    }
    throw new AssertionError("no way to «" + name + "» by Tab");
  }

  @Test
  void the_whole_way_to_the_first_message_needs_no_mouse() {
    var ada = pages.server().person("ada@example.org");
    var door = pages.server().app().address() + "/sign-in/";
    browser.forget();
    browser.go(door + pages.server().app().rooms().signIn().link(ada));
    browser.key(Keys.ENTER);
    browser.reads("New space");
    browser.key(Keys.TAB);
    assertThat(browser.script("return document.activeElement.className")).isEqualTo("skip");
    tabTo("New space");
    browser.key(Keys.ENTER);
    browser.field("Space name");
    browser.key("By hand" + Keys.ENTER);
    browser.see("#empty");
    tabTo("Expand more");
    browser.key(Keys.ENTER);
    tabTo("Apps & integrations");
    browser.key(Keys.ENTER);
    browser.reads("No webhooks yet");
    tabTo("Add webhooks");
    browser.key(Keys.ENTER);
    browser.field("Avatar URL");
    browser.key("Quickstart Webhook");
    tabTo("Avatar URL");
    browser.key("https://example.org/a.png" + Keys.ENTER);
    browser.reads("Never used");
    tabTo("More");
    browser.key(Keys.ENTER);
    tabTo("Copy link");
    browser.key(Keys.ENTER);
    browser.reads("Copied");
    var link = (String) browser.script("return document.activeElement.value");
    tabTo("Expand more");
    browser.key(Keys.ENTER);
    tabTo("Messages");
    browser.key(Keys.ENTER);
    browser.see(".live:not(.again)");
    pages.post(link, "posted with the link");
    browser.reads("posted with the link");
    assertThat(browser.see(".sender").getText()).isEqualTo("Quickstart Webhook");
    browser.forget();
    pages.signIn(browser);
  }
}
