package campana.server.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.Browser;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.support.ui.Select;

/// People come in, choose a password and a language, all by the pages. One browser for all.
@Tag("browser")
class PeoplePageTest {
  private static PageServer pages;
  private static Browser browser;
  private static String base;

  @BeforeAll
  static void start(@TempDir Path folder) {
    pages = new PageServer(folder);
    browser = Browser.open("en");
    base = pages.server().app().address();
  }

  @AfterAll
  static void stop() {
    browser.close();
    pages.close();
  }

  @BeforeEach
  void nobody() {
    browser.go(base + "/sign-in");
    browser.forget();
  }

  private static Object focused() {
    return browser.script("return document.activeElement.id");
  }

  @Test
  void a_password_is_chosen_and_opens_the_door_from_then_on() {
    var ada = pages.server().person("ada@example.org");
    pages.signIn(browser, ada, base);
    browser.go(base + "/me");
    browser.type("New password", "short");
    browser.see("#f-password").submit();
    browser.reads("A password has 8 to 256 characters.");
    assertThat(focused()).as("where it is wrong").isEqualTo("f-password");
    browser.type("New password", "bell bronze, cast in 1494");
    browser.see("#f-password").submit();
    browser.reads("From now on you can sign in with your password.");
    browser.reads("You have a password.");

    browser.click("Sign out");
    browser.type("Email", "ada@example.org");
    browser.type("Password", "bell bronze, cast in 1495");
    browser.click("Sign in");
    browser.reads("Email and password do not match.");
    assertThat(focused()).isEqualTo("f-password");
    assertThat(browser.see("#f-email").getAttribute("value")).isEqualTo("ada@example.org");
    browser.type("Password", "bell bronze, cast in 1494");
    browser.click("Sign in");
    browser.reads("No spaces yet");
  }

  @Test
  void whoever_is_invited_comes_in_by_the_link_reads_the_space_and_chooses_a_language() {
    var space = pages.server().space();
    var url = pages.url(pages.server().webhook(space));
    pages.post(url, "before grace came");
    pages.signIn(browser);
    browser.go(base + "/organisation");
    browser.type("Email", "grace@example.org");
    browser.type("Name", "Grace Hopper");
    browser.click("Invite");
    browser.reads("Send Grace Hopper this link. It works once.");
    var field = browser.see(".banner input");
    assertThat(browser.script("return document.activeElement === arguments[0]", field))
        .as("ready to be copied")
        .isEqualTo(true);
    var invitation = Objects.requireNonNull(field.getAttribute("value"));
    browser.go(pages.address(space) + "/settings");
    browser.type("Add by email", "grace@example.org");
    browser.click("Add");
    browser.reads("Grace Hopper can now read this space.");

    browser.forget();
    browser.go(invitation);
    browser.click("Italiano");
    assertThat(browser.url()).as("the link is not lost").isEqualTo(invitation);
    browser.click("Accedi");
    browser.reads("Grace Hopper");
    assertThat(browser.see(".side").getText()).contains("Nuovo spazio").doesNotContain("Organiz");
    browser.see(".side .links .row").click();
    browser.reads("before grace came");
    browser.see(".live:not(.again)");
    pages.post(url, "and after");
    browser.reads("and after");
    browser.go(base + "/me");
    new Select(browser.field("Lingua")).selectByVisibleText("Español");
    browser.click("Salva");
    browser.reads("Nuevo espacio");

    browser.forget();
    browser.go(invitation);
    browser.reads("This link no longer works");
    pages.signIn(
        browser,
        pages.server().app().rooms().people().byEmail("grace@example.org").orElseThrow(),
        base);
    browser.reads("Nuevo espacio"); // the person's own, in any browser
  }
}
