package campana.server.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.Browser;
import campana.testkit.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The guide's way from nothing to the first message, with nothing but a browser and a quickstart,
/// by the labels that the guide has in each language.
@Tag("browser")
class GuideStoryTest {
  @TempDir Path folder;

  /// What the guide calls things.
  private record Guide(
      String newSpace,
      String spaceName,
      String create,
      String arrow,
      String apps,
      String add,
      String name,
      String avatarUrl,
      String save,
      String more,
      String copy,
      String messages) {}

  @ParameterizedTest(name = "{0}, {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          en | SQLITE     | New space     | Space name         | Create | Expand more | Apps & integrations  | Add webhooks     | Name   | Avatar URL     | Save    | More  | Copy link       | Messages
          en | POSTGRESQL | New space     | Space name         | Create | Expand more | Apps & integrations  | Add webhooks     | Name   | Avatar URL     | Save    | More  | Copy link       | Messages
          it | SQLITE     | Nuovo spazio  | Nome dello spazio  | Crea   | Altro       | App e integrazioni   | Aggiungi webhook | Nome   | URL avatar     | Salva   | Altro | Copia link      | Messaggi
          es | SQLITE     | Nuevo espacio | Nombre del espacio | Crear  | Más         | Apps & integrations  | Agregar webhooks | Nombre | URL del avatar | Guardar | Más   | Copiar vínculo  | Mensajes
          """)
  void from_a_new_space_to_the_first_message(
      String language,
      Kind kind,
      String newSpace,
      String spaceName,
      String create,
      String arrow,
      String apps,
      String add,
      String name,
      String avatarUrl,
      String save,
      String more,
      String copy,
      String messages) {
    try (var pages = new PageServer(kind, folder);
        var browser = Browser.open(language)) {
      pages.signIn(browser);
      var guide =
          new Guide(
              newSpace, spaceName, create, arrow, apps, add, name, avatarUrl, save, more, copy,
              messages);
      var url = register(browser, guide);
      assertThat(url).startsWith(pages.server().app().address() + "/v1/spaces/cmp");

      browser.see(".title-menu > summary").click();
      browser.click(guide.messages());
      browser.see("#empty");
      var loaded = browser.script("return performance.timeOrigin");
      browser.see(".live:not(.again)");
      browser.reads(Quickstart.in(language).post(folder, url));
      assertThat(browser.see(".post .sender").getText()).isEqualTo("Quickstart Webhook");
      assertThat(browser.all("#empty")).isEmpty();
      assertThat(browser.script("return performance.timeOrigin")).as("no reload").isEqualTo(loaded);
    }
  }

  /// What «Copy link» leaves in the field; the clipboard itself is the browser's own.
  private static String register(Browser browser, Guide guide) {
    browser.click(guide.newSpace());
    browser.type(guide.spaceName(), "Ops");
    browser.click(guide.create());
    assertThat(browser.see(".title-menu > summary").getAttribute("aria-label"))
        .isEqualTo(guide.arrow());
    browser.see(".title-menu > summary").click();
    browser.click(guide.apps());
    browser.click(guide.add());
    browser.type(guide.name(), "Quickstart Webhook");
    browser.type(
        guide.avatarUrl(), "https://developers.google.com/chat/images/chat-product-icon.png");
    browser.click(guide.save());
    browser.see(".rows summary").click();
    assertThat(browser.see(".rows summary").getText().strip()).isEqualTo(guide.more());
    browser.click(guide.copy());
    browser.until(() -> !browser.see(".copy-said").getText().isEmpty());
    return String.valueOf(browser.see(".copy-field input").getAttribute("value"));
  }

  @Test
  void copy_works_over_plain_http_at_an_address_that_is_not_loopback() {
    try (var pages = new PageServer(folder);
        var browser = Browser.open("en", "--host-resolver-rules=MAP campana.lan 127.0.0.1")) {
      var elsewhere = pages.server().app().address().replace("127.0.0.1", "campana.lan");
      pages.signIn(browser, pages.server().owner(), elsewhere);
      assertThat(browser.script("return isSecureContext")).isEqualTo(false);
      var space = pages.server().space();
      var webhook = pages.server().webhook(space);
      browser.go(elsewhere + "/spaces/" + space.id() + "/apps");
      browser.click("More");
      browser.click("Copy link");
      var field = browser.see(".copy-field input");
      browser.until(() -> !browser.see(".copy-said").getText().isEmpty());
      assertThat(field.getAttribute("value")).isEqualTo(pages.url(webhook));
      assertThat(
              browser.script(
                  "const f = document.activeElement; return f.value.slice(f.selectionStart, f.selectionEnd)"))
          .as("it stays selected, so that Ctrl+C is all that is left to do")
          .isEqualTo(pages.url(webhook));
      browser.go(elsewhere + "/spaces/" + space.id());
      browser.see(".live:not(.again)");
      pages.post(pages.url(webhook), "over plain http");
      browser.reads("over plain http");
    }
  }

  @Test
  void copy_fails_into_a_selected_field_with_the_key_to_press() {
    try (var pages = new PageServer(folder);
        var browser = Browser.open("it")) {
      pages.signIn(browser);
      var space = pages.server().space();
      var webhook = pages.server().webhook(space);
      browser.go(pages.address(space) + "/apps");
      browser.script(
          "Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false");
      browser.see(".rows summary").click();
      browser.click("Copia link");
      browser.reads("Selezionato: premi Ctrl+C");
      assertThat(browser.script("return getSelection().toString() || document.activeElement.value"))
          .isEqualTo(pages.url(webhook));
    }
  }
}
