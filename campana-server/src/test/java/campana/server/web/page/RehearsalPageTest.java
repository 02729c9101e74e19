package campana.server.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.rehearsal.Wish;
import campana.server.space.NewSpace;
import campana.server.space.Space;
import campana.testkit.Browser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.support.ui.Select;

/// A rehearsal in the browser: switched on and off, and seen by all who read, without a reload.
@Tag("browser")
class RehearsalPageTest {
  @TempDir Path folder;
  private PageServer pages;
  private Space space;
  private String url;

  @BeforeEach
  void start() {
    pages = new PageServer(folder);
    space = pages.server().space();
    url = pages.url(pages.server().webhook(space));
  }

  @AfterEach
  void stop() {
    pages.close();
  }

  private void rehearse(Wish wish) {
    rehearse(space, wish);
  }

  private void rehearse(Space space, Wish wish) {
    var rehearsals = pages.server().app().rooms().rehearsals();
    var begun = rehearsals.start(space, wish, pages.server().owner());
    assertThat(begun.done()).isPresent();
  }

  private void open(Browser browser) {
    browser.go(pages.address(space));
    browser.see(".live:not(.again)");
    browser.script("window.sameDocument = true");
  }

  @Test
  void the_banner_comes_counts_and_goes_by_itself() {
    try (var browser = Browser.open("en")) {
      pages.signIn(browser);
      open(browser);
      assertThat(browser.all(".rehearsal")).isEmpty();
      rehearse(new Wish("503", 3, "", null));
      browser.until(() -> browser.see(".rehearsal .bounds").getText().equals("3 more posts"));
      assertThat(browser.see(".rehearsal").getText()).contains("answered with 503 on purpose");
      assertThat(pages.post(url, "one")).isEqualTo(503);
      browser.until(() -> browser.see(".rehearsal .bounds").getText().equals("2 more posts"));
      assertThat(pages.post(url, "two")).isEqualTo(503);
      assertThat(pages.post(url, "three")).isEqualTo(503);
      browser.until(() -> browser.all(".rehearsal").isEmpty());
      assertThat(pages.post(url, "four")).isEqualTo(200);
      browser.reads("four");
      rehearse(new Wish("hang", null, "1s", null));
      browser.until(() -> browser.see(".rehearsal").getText().contains("no answer"));
      browser.until(() -> browser.all(".rehearsal").isEmpty()); // its time is over
      assertThat(browser.script("return window.sameDocument")).isEqualTo(true);
    }
  }

  @Test
  void a_manager_switches_it_on_and_off_and_a_member_only_sees_it() {
    var member = pages.server().person("member@example.org");
    pages
        .server()
        .app()
        .rooms()
        .spaces()
        .addMember(space.id(), member, false, pages.server().owner());
    try (var manager = Browser.open("en");
        var reader = Browser.open("en")) {
      pages.signIn(manager);
      pages.signIn(reader, member, pages.server().app().address());
      open(reader);
      reader.go(pages.address(space) + "/apps");
      assertThat(reader.all("#rehearse")).isEmpty();
      open(reader);

      manager.go(pages.address(space) + "/apps");
      new Select(manager.field("What posts get")).selectByVisibleText("429, over quota");
      new Select(manager.field("How often")).selectByVisibleText("Every post");
      new Select(manager.field("Ends")).selectByVisibleText("When switched off");
      manager.click("Start the rehearsal");
      manager.reads("The rehearsal is on.");
      assertThat(pages.post(url, "x")).isEqualTo(429);
      reader.until(() -> reader.see(".rehearsal").getText().contains("answered with 429"));
      assertThat(reader.all(".rehearsal form")).isEmpty();

      manager.see(".rehearsal button").click();
      manager.reads("The rehearsal is over");
      assertThat(pages.post(url, "y")).isEqualTo(200);
      reader.until(() -> reader.all(".rehearsal").isEmpty());
      assertThat(reader.script("return window.sameDocument")).isEqualTo(true);
    }
  }

  @Test
  void apps_and_integrations_tells_what_goes_on_now_even_to_an_owner_who_is_no_member() {
    var rooms = pages.server().app().rooms();
    var ada = pages.server().person("ada@example.org");
    var theirs = rooms.spaces().create(NewSpace.named("Theirs"), ada).done().orElseThrow();
    try (var browser = Browser.open("en")) {
      pages.signIn(browser);
      for (var each : List.of(space, theirs)) {
        var apps = pages.address(each) + "/apps";
        browser.go(apps);
        browser.see("form.begin");
        browser.script("window.sameDocument = true");
        rehearse(each, new Wish("503", 2, "", null));
        browser.until(() -> browser.see(".rehearsal .bounds").getText().equals("2 more posts"));
        assertThat(browser.all("form.begin[hidden]")).hasSize(1);
        assertThat(pages.post(pages.url(pages.server().webhook(each)), "x")).isEqualTo(503);
        browser.until(() -> browser.see(".rehearsal .bounds").getText().equals("1 more post"));
        rooms.rehearsals().stop(each, ada);
        browser.see("form.begin");
        assertThat(browser.all(".rehearsal")).isEmpty();
        rehearse(each, new Wish("429", null, "", null));
        browser.until(() -> browser.see(".rehearsal").getText().contains("answered with 429"));
        assertThat(browser.script("return window.sameDocument")).isEqualTo(true);
        browser.see(".rehearsal button").click();
        browser.reads("The rehearsal is over");
        assertThat(browser.url()).as("it leads back").isEqualTo(apps);
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          it | Prova  | Termina
          es | Ensayo | Terminar
          """)
  void it_speaks_the_readers_language_and_fits_a_phone(
      String language, String word, String button) {
    rehearse(new Wish("html", 3, "1h", 20));
    try (var browser = Browser.open(language)) {
      pages.signIn(browser);
      browser.size(390, 844);
      open(browser);
      assertThat(browser.see(".rehearsal").getText()).startsWith(word).contains(button);
      assertThat(browser.script("return document.documentElement.scrollWidth - innerWidth"))
          .isEqualTo(0L);
      browser.picture(Path.of("target/screens/rehearsal-" + language + ".png"));
      browser.go(pages.address(space) + "/apps");
      browser.see(".rehearsal button").click();
      browser.until(() -> browser.all(".rehearsal").isEmpty()); // another address now would stop it
      browser.go(pages.address(space) + "/apps");
      browser.see("#rehearse select");
      assertThat(browser.script("return document.documentElement.scrollWidth - innerWidth"))
          .isEqualTo(0L);
      browser.script("document.querySelector('#rehearse').scrollIntoView()");
      browser.picture(Path.of("target/screens/rehearse-" + language + ".png"));
    }
  }
}
