package campana.server.web.page;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;

/// The catalogue of every word of the pages, in one language. A test holds that the languages have
/// the same keys, that each key is used and that each use has its key.
final class Words {
  /// In the order in which they are offered; the first is spoken to whoever asks for none of them.
  static final List<String> LANGUAGES = List.of("en", "it", "es");

  private static final Map<String, Words> ALL = load();

  private final Locale locale;
  private final Map<String, String> texts;

  private Words(Locale locale, Map<String, String> texts) {
    this.locale = locale;
    this.texts = texts;
  }

  /// @param language one of [#LANGUAGES]
  static Words of(String language) {
    return Objects.requireNonNull(ALL.get(language), language);
  }

  /// The person's own choice, else the best of the browser's, else English.
  ///
  /// @param own one of [#LANGUAGES], or empty
  /// @param acceptLanguage the header's value, or empty
  static Words choose(String own, String acceptLanguage) {
    if (LANGUAGES.contains(own)) {
      return of(own);
    }
    try {
      var found = Locale.lookupTag(Locale.LanguageRange.parse(acceptLanguage), LANGUAGES);
      return of(found == null ? "en" : found);
    } catch (IllegalArgumentException e) { // a header that is none
      return of("en");
    }
  }

  Locale locale() {
    return locale;
  }

  /// The tag for `lang`.
  String language() {
    return locale.getLanguage();
  }

  /// The text of `key` with `{0}`, `{1}` … replaced.
  String say(String key, Object... values) {
    var text = texts.get(key);
    if (text == null) {
      throw new IllegalArgumentException("no such word: " + key);
    }
    for (var i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", String.valueOf(values[i]));
    }
    return text;
  }

  /// As [#say], in the singular or the plural; `{0}` is the number.
  String count(String key, long number, Object... more) {
    var values = new Object[more.length + 1];
    values[0] = number;
    System.arraycopy(more, 0, values, 1, more.length);
    return say(key + (number == 1 ? ".one" : ".other"), values);
  }

  /// The keys, for the test that compares the languages.
  Set<String> keys() {
    return texts.keySet();
  }

  private static Map<String, Words> load() {
    var all = new LinkedHashMap<String, Words>();
    LANGUAGES.forEach(tag -> all.put(tag, new Words(Locale.forLanguageTag(tag), read(tag))));
    return all;
  }

  private static Map<String, String> read(String tag) {
    var name = "words_" + tag + ".properties";
    try (var in = Objects.requireNonNull(Words.class.getResourceAsStream(name), name)) {
      var properties = new Properties();
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      var texts = new LinkedHashMap<String, String>();
      properties.forEach((key, text) -> texts.put((String) key, (String) text));
      return texts;
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
