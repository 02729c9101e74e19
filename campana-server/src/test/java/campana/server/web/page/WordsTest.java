package campana.server.web.page;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {
  private static final Path TEMPLATES = Path.of("src/main/jte");
  private static final Path JAVA = Path.of("src/main/java/campana/server/web/page");

  /// A key as it stands in a template or in Java: lower case, with a dot or alone as an argument.
  private static final Pattern LITERAL = Pattern.compile("\"([a-z]+(?:\\.[a-z]+)*)\"");

  private static final Pattern SAID = Pattern.compile("\\.say\\(\\s*\"([a-z.]+)\"\\s*[,)]");
  private static final Pattern COUNTED = Pattern.compile("\\.count\\(\\s*\"([a-z.]+)\"");
  private static final Pattern HOLE = Pattern.compile("\\{[0-9]}");

  @Test
  void every_language_has_every_word() {
    for (var language : Words.LANGUAGES) {
      assertThat(Words.of(language).keys()).as(language).isEqualTo(Words.of("en").keys());
    }
  }

  @Test
  void every_language_fills_in_the_same_values() {
    for (var language : Words.LANGUAGES) {
      for (var key : Words.of("en").keys()) {
        var text = Words.of(language).say(key);
        assertThat(text).as(key).isNotBlank();
        assertThat(holes(text)).as(language + " " + key).isEqualTo(holes(Words.of("en").say(key)));
      }
    }
  }

  private static Set<String> holes(String text) {
    return HOLE.matcher(text).results().map(r -> r.group()).collect(toCollection(TreeSet::new));
  }

  @Test
  void every_word_that_is_said_is_in_the_catalogue() {
    var said = found(SAID);
    found(COUNTED).forEach(key -> said.addAll(Set.of(key + ".one", key + ".other")));
    assertThat(Words.of("en").keys()).containsAll(said);
  }

  @Test
  void every_word_of_the_catalogue_is_said_somewhere() {
    var said = found(LITERAL);
    found(COUNTED).forEach(key -> said.addAll(Set.of(key + ".one", key + ".other")));
    for (var state : campana.server.draw.MessageState.values()) {
      said.add("state." + Views.key(state)); // put together in the template
    }
    assertThat(said).containsAll(Words.of("en").keys());
  }

  @Test
  void no_page_has_a_word_of_its_own() {
    var text = Pattern.compile(">[^<>${}@!]*[A-Za-z]{2,}[^<>${}]*<");
    for (var file : files().filter(f -> f.toString().endsWith(".jte")).toList()) {
      var html =
          read(file)
              .replaceAll("(?m)^\\s*[@!].*$", "")
              .replaceAll("@(if|else|elseif|endif|for|endfor)\\b(\\([^)]*\\))?", "");
      assertThat(text.matcher(html).results().map(r -> r.group()))
          .as(file.toString())
          .isSubsetOf(
              ">Campana<", // the product's name
              ">./campana sign-in<", // what one types
              ">Esc<", // what stands on the key
              ">English<",
              ">Italiano<",
              ">Español<"); // each in itself
    }
  }

  private static Set<String> found(Pattern pattern) {
    return files()
        .flatMap(file -> pattern.matcher(read(file)).results())
        .map(result -> result.group(1))
        .collect(toCollection(TreeSet::new));
  }

  private static Stream<Path> files() {
    try (var templates = Files.list(TEMPLATES);
        var java = Files.list(JAVA)) {
      return Stream.concat(templates, java).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''   | it-IT,it;q=0.9,en;q=0.8 | it
          ''   | es-MX                   | es
          ''   | fr-FR,fr;q=0.9          | en
          ''   | fr,es;q=0.5             | es
          ''   | ''                      | en
          ''   | ;;;q=                   | en
          'it' | es                      | it
          'xx' | es                      | es
          """)
  void the_persons_choice_comes_before_the_browsers(String own, String header, String language) {
    assertThat(Words.choose(own, header).language()).isEqualTo(language);
  }

  @Test
  void the_guides_labels_are_the_guides() {
    assertThat(path("en"))
        .containsExactly(
            "New space",
            "Apps & integrations",
            "Add webhooks",
            "Name",
            "Avatar URL",
            "Save",
            "More",
            "Copy link");
    assertThat(path("it"))
        .containsExactly(
            "Nuovo spazio",
            "App e integrazioni",
            "Aggiungi webhook",
            "Nome",
            "URL avatar",
            "Salva",
            "Altro",
            "Copia link");
    assertThat(path("es"))
        .containsExactly(
            "Nuevo espacio",
            "Apps & integrations",
            "Agregar webhooks",
            "Nombre",
            "URL del avatar",
            "Guardar",
            "Más",
            "Copiar vínculo");
  }

  private static Stream<String> path(String language) {
    return Stream.of(
            "space.new",
            "apps",
            "apps.add",
            "apps.name",
            "apps.avatar",
            "save",
            "more",
            "apps.copy")
        .map(Words.of(language)::say);
  }
}
