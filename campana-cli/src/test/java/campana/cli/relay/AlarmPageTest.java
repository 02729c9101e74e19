package campana.cli.relay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.Browser;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What does not reach where it shall is told on every page, to owners. Pictures lie under
/// `target/screens` for whoever wants to look.
@Tag("browser")
class AlarmPageTest {
  @TempDir Path data;

  @Test
  void a_lane_that_is_paused_is_told_in_red_until_it_goes_on_again() throws IOException {
    try (var relay = new Relaying(data);
        var browser = Browser.open("en")) {
      relay.routes("cron: { source: text, auth: { bearer: t }, to: [ops] }");
      post(relay, "first");
      relay.delivered(1);
      browser.go(relay.live().says("sign-in"));
      browser.see("form button.primary").click();
      browser.see(".side");
      assertThat(browser.all(".alarm")).isEmpty();

      var lane = relay.live().says("relay", "lane", "list").replaceFirst("\t.*(?s).*", "");
      relay.live().says("relay", "lane", "pause", lane);
      post(relay, "second");
      post(relay, "third");
      var space = relay.webhook().replaceFirst(".*/v1/(spaces/[^/]+)/.*", "$1");
      for (var scheme : new String[] {"light", "dark"}) {
        browser.prefer("prefers-color-scheme", scheme);
        for (int width : new int[] {1280, 390}) {
          browser.size(width, width == 1280 ? 800 : 844);
          for (var page : new String[] {"/", "/" + space, "/organisation"}) {
            browser.until(() -> {
              browser.go(relay.live().serving().address() + page);
              return browser.all(".alarm").size() == 1 && browser.text().contains("2 messages");
            });
            assertThat(browser.see(".alarm").getText())
                .contains("Not delivered", "one space has not been reached, or is paused, since")
                .contains("2 messages wait", "campana relay lane list");
            assertThat(browser.script(FITS)).isEqualTo(true);
            var name = page.replaceAll("/spaces/.*", "space").replace("/", "");
            browser.picture(
                Path.of(
                    "target/screens/alarm-%s-%d-%s.png"
                        .formatted(name.isEmpty() ? "home" : name, width, scheme)));
          }
        }
      }
      relay.live().says("relay", "lane", "resume", lane);
      relay.delivered(3);
      browser.until(() -> {
        browser.go(relay.live().serving().address());
        return browser.all(".alarm").isEmpty();
      });
    }
  }

  /// Nothing is wider than the window, and the page's own content is below the banner.
  private static final String FITS =
      """
      const below = document.querySelector('.alarm').getBoundingClientRect().bottom;
      const column = document.querySelector('main > .column').getBoundingClientRect();
      return document.documentElement.scrollWidth <= innerWidth && column.top >= below
          && column.bottom <= innerHeight + 1 && column.height > innerHeight / 2;
      """;

  private static void post(Relaying relay, String text) {
    var answer =
        relay.post(
            "/in/cron",
            text.getBytes(UTF_8),
            "Authorization",
            "Bearer t",
            "Content-Type",
            "text/plain");
    assertThat(answer.status()).isEqualTo(200);
  }
}
