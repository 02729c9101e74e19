package campana.relay.route;

import campana.relay.source.ChatText;
import campana.relay.source.Plain;
import campana.relay.source.WebAddress;
import com.github.jknack.handlebars.Handlebars.SafeString;
import com.github.jknack.handlebars.Helper;
import com.github.jknack.handlebars.Options;
import com.github.jknack.handlebars.helper.DefaultHelperRegistry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a template can call (docs/relay.md, «Templates»). Nothing here reads files, other
/// templates, or objects by reflection.
final class Helpers extends DefaultHelperRegistry {
  static final Set<String> NAMES =
      Set.of(
          "if",
          "unless",
          "each",
          "with",
          "lookup",
          "date",
          "duration",
          "upper",
          "lower",
          "truncate",
          "plural",
          "link",
          "bold",
          "code",
          "eq",
          "raw");

  private final boolean markup;

  /// @param markup whether what is written is Chat markup, else plain words
  Helpers(boolean markup) {
    this.markup = markup;
    registerHelper("date", (Object at, Options o) -> date(at, o));
    registerHelper("duration", (Object from, Options o) -> duration(from, o));
    registerHelper("upper", (Object text, Options o) -> text(text).toUpperCase(locale(o)));
    registerHelper("lower", (Object text, Options o) -> text(text).toLowerCase(locale(o)));
    registerHelper("truncate", (Object text, Options o) -> truncate(text, o));
    registerHelper("plural", (Object count, Options o) -> plural(count, o));
    registerHelper("link", (Object url, Options o) -> link(url, o));
    registerHelper("bold", (Object text, Options o) -> bold(text));
    registerHelper("code", (Object text, Options o) -> code(text));
    registerHelper("eq", (Object one, Options o) -> text(one).equals(text(o.param(0, ""))));
    registerHelper("raw", (Object text, Options o) -> new SafeString(text(text)));
  }

  /// What comes with the library, less what reads files and other templates.
  @Override
  public <C> @Nullable Helper<C> helper(String name) {
    return NAMES.contains(name) ? super.helper(name) : null;
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  private static Locale locale(Options options) {
    return Locale.of(Model.of(options).language());
  }

  /// `{{date trigger.since "d MMM HH:mm"}}`: in the destination's zone and language.
  private static String date(Object at, Options options) {
    if (!(at instanceof Instant instant)) {
      return "";
    }
    var model = Model.of(options);
    try {
      return DateTimeFormatter.ofPattern(text(options.param(0, "HH:mm")), locale(options))
          .format(instant.atZone(model.zone()));
    } catch (IllegalArgumentException | DateTimeException e) {
      return instant.toString();
    }
  }

  /// `{{duration trigger.since trigger.occurredAt}}`; with one argument until now.
  private static String duration(Object from, Options options) {
    var model = Model.of(options);
    Object until = options.param(0, model.now());
    return from instanceof Instant begin && until instanceof Instant end
        ? model.words().duration(Duration.between(begin, end))
        : "";
  }

  private static String truncate(Object text, Options options) {
    return Plain.cut(text(text), Math.clamp(number(options.param(0, 80)), 1, 32_000));
  }

  /// `{{plural trigger.count "alert" "alerts"}}`
  private static String plural(Object count, Options options) {
    return number(count) == 1 ? text(options.param(0, "")) : text(options.param(1, ""));
  }

  private static int number(Object value) {
    return value instanceof Number number ? number.intValue() : 0;
  }

  /// `{{link url "words"}}`; of an address that leads nowhere the words stay.
  private Object link(Object url, Options options) {
    var there = WebAddress.tidy(text(url));
    var words = text(options.param(0, ""));
    if (!markup || there.isEmpty()) {
      return words.isEmpty() ? text(url) : words;
    }
    return new SafeString(ChatText.link(there, words));
  }

  private Object bold(Object text) {
    return markup ? new SafeString(ChatText.bold(text(text))) : text(text);
  }

  private Object code(Object text) {
    var words = text(text);
    if (!markup || words.isBlank()) {
      return words;
    }
    return new SafeString(
        words.contains("\n") || words.contains("`")
            ? "\n" + ChatText.block(words) + "\n"
            : "`" + words.strip() + "`");
  }
}
