package campana.server.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.ServerSettings;
import campana.server.policy.Policy;
import campana.testkit.Browser;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the organisation or somebody's own setting forbids, the page says in words.
@Tag("browser")
class RefusalsTest {
  @TempDir Path folder;
  private PageServer pages;
  private Browser browser;

  @BeforeEach
  void start() {
    pages = new PageServer(folder);
    browser = Browser.open("en");
    pages.signIn(browser);
  }

  @AfterEach
  void stop() {
    browser.close();
    pages.close();
  }

  @Test
  void a_direct_message_takes_webhooks_only_while_everybody_has_chat_apps_on() {
    var people = pages.server().app().rooms().people();
    var grace = people.create("grace@example.org", "Grace Hopper", false).done().orElseThrow();
    browser.click("New direct message");
    browser.see(".pick button").click();
    browser.until(() -> browser.see("h1").getText().equals("Grace Hopper"));
    var direct = browser.url();
    browser.click("Add webhooks");
    browser.type("Name", "Nagger");
    browser.click("Save");
    browser.see(".rows summary");
    var space = pages.server().app().rooms().spaces().listFor(grace).getFirst();
    var url = pages.url(pages.server().app().rooms().webhooks().list(space.id()).getFirst());
    assertThat(pages.post(url, "hello")).isEqualTo(200);

    people.setChatApps(grace.id(), false);
    browser.go(direct + "/apps");
    browser.reads("Grace Hopper has turned them off");
    assertThat(browser.all("a[href$='/apps/new']")).isEmpty();
    assertThat(pages.post(url, "hello?")).isEqualTo(403);

    people.setChatApps(grace.id(), true);
    browser.go(direct + "/apps");
    browser.named("Add webhooks");
    browser.go(pages.server().app().address() + "/direct/new");
    browser.see(".pick button").click();
    browser.until(() -> browser.url().equals(direct)); // two people have one direct message
  }

  @Test
  void the_organisations_switch_stops_webhooks_at_once_and_says_so() {
    var space = pages.server().space();
    var url = pages.url(pages.server().webhook(space));
    browser.click("Organization");
    browser.see("input[name='webhooks']").click();
    browser.see("form[action='/organisation/policy'] button").click();
    browser.reads("The switches are set.");
    assertThat(pages.post(url, "hello?")).isEqualTo(403);
    browser.go(pages.address(space) + "/apps");
    browser.reads("Your organization does not allow webhooks.");
    assertThat(browser.all("a[href$='/apps/new']")).isEmpty();
  }

  @Test
  void what_the_config_pins_is_shown_and_cannot_be_changed() {
    var base = ServerSettings.DEFAULT;
    pages
        .server()
        .app()
        .reload(
            new ServerSettings(
                base.url(),
                base.quota(),
                base.echo(),
                base.startMissingThread(),
                base.strict(),
                base.imageProxy(),
                new Policy(true, false),
                true,
                base.retention()));
    browser.click("Organization");
    browser.reads("can only be changed there");
    assertThat(browser.see("input[name='webhooks']").isEnabled()).isFalse();
    assertThat(browser.see("input[name='direct']").isSelected()).isFalse();
  }

  @Test
  void a_removed_message_leaves_a_line_in_every_open_page() {
    var space = pages.server().space();
    pages.post(pages.url(pages.server().webhook(space)), "a slip");
    browser.go(pages.address(space));
    browser.see(".live:not(.again)");
    var messages = pages.server().app().rooms().messages();
    messages.remove(messages.at(space.id(), 1).orElseThrow(), "Ada");
    browser.reads("Removed by Ada");
    assertThat(browser.text()).doesNotContain("a slip");
  }

  @Test
  void a_deleted_space_comes_back() {
    var space = pages.server().space();
    browser.go(pages.address(space) + "/settings");
    browser.click("Delete space");
    browser.see("form button.danger").click();
    browser.reads("was deleted");
    browser.click("Restore");
    browser.reads("The space is back");
  }
}
