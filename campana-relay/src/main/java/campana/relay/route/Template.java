package campana.relay.route;

import campana.relay.source.ChatText;
import com.github.jknack.handlebars.EscapingStrategy;
import com.github.jknack.handlebars.Handlebars;
import com.github.jknack.handlebars.HandlebarsException;
import com.github.jknack.handlebars.TagType;
import com.github.jknack.handlebars.cache.NullTemplateCache;
import com.github.jknack.handlebars.io.AbstractTemplateLoader;
import com.github.jknack.handlebars.io.TemplateSource;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A text of a route's own, in Handlebars: its `text` and `title`. Compiled once; thread-safe.
///
/// What it puts in is foreign and is escaped, so that nobody's label mentions everybody or becomes
/// markup; what its author writes is markup. Time and output are bounded, whatever it says.
public final class Template {
  private static final Logger log = LoggerFactory.getLogger(Template.class);
  private static final int LONGEST = 16_000;

  /// Partials would let a template call itself, for ever.
  private static final Pattern PARTIAL = Pattern.compile("\\{\\{~?\\s*(?:#\\s*)?[>*]");

  private static final Pattern BLOCK_NAMES = Pattern.compile("as\\s*\\|([^|]*)\\|");

  private final String source;
  private final com.github.jknack.handlebars.Template compiled;
  private final boolean markup;

  private Template(String source, com.github.jknack.handlebars.Template compiled, boolean markup) {
    this.source = source;
    this.compiled = compiled;
    this.markup = markup;
  }

  /// For the text of a message.
  ///
  /// @throws IllegalArgumentException if it is no template, with line, column and wish
  public static Template ofText(String handlebars) {
    return compile(handlebars, true);
  }

  /// For a title, which is plain words: nothing in it is markup, and nothing is escaped yet.
  ///
  /// @throws IllegalArgumentException if it is no template, with line, column and wish
  public static Template ofTitle(String handlebars) {
    return compile(handlebars, false);
  }

  private static Template compile(String text, boolean markup) {
    if (text.length() > LONGEST) {
      throw new IllegalArgumentException(
          "it has " + text.length() + " characters; wanted: at most " + LONGEST);
    }
    var partial = PARTIAL.matcher(text);
    if (partial.find()) {
      throw new IllegalArgumentException(
          place(text, partial.start())
              + "there are no partials; wanted: one template in one piece");
    }
    try {
      var compiled = library(markup).compileInline(text);
      var template = new Template(text, compiled, markup);
      template.demandKnownNames();
      return template;
    } catch (HandlebarsException e) {
      var error = e.getError();
      throw new IllegalArgumentException(
          error == null
              ? "not a template: " + e.getMessage()
              : "line " + error.line + ", column " + (error.column + 1) + ": " + error.reason,
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException("not a template: " + e.getMessage(), e);
    }
  }

  private static Handlebars library(boolean markup) {
    EscapingStrategy escaping =
        markup ? words -> ChatText.escape(words.toString()) : words -> words;
    return new Handlebars(new NoFiles())
        .with(NullTemplateCache.INSTANCE)
        .with(new Helpers(markup))
        .with(escaping);
  }

  /// A name that nothing has would leave a hole, and nobody would know why.
  private void demandKnownNames() {
    var names =
        new HashSet<String>(compiled.collect(TagType.VAR, TagType.AMP_VAR, TagType.TRIPLE_VAR));
    names.addAll(compiled.collectReferenceParameters());
    var own = ownNames();
    boolean elsewhere = source.contains("{{#with") || source.contains("{{~#with");
    for (var name : names) {
      var path = name.replaceFirst("^(?:\\.\\./|\\./|this\\.|this/)+", "").split("[./]", 3);
      boolean known =
          elsewhere
              || path[0].isEmpty()
              || path[0].startsWith("@")
              || own.contains(path[0])
              || Model.KNOWN.contains(path[0])
              || Helpers.NAMES.contains(path[0]);
      if (!known) {
        throw new IllegalArgumentException(
            place(source, source.indexOf(name))
                + "there is no '"
                + name
                + "'; wanted: one of "
                + String.join(", ", Model.TOP)
                + ", or in an each what its elements have");
      }
      if (path[0].equals("trigger") && path.length > 1 && !Model.TRIGGER.contains(path[1])) {
        throw new IllegalArgumentException(
            place(source, source.indexOf(name))
                + "there is no '"
                + name
                + "'; wanted: one of trigger."
                + String.join(", trigger.", Model.TRIGGER));
      }
    }
  }

  private Set<String> ownNames() {
    var own = new HashSet<String>();
    BLOCK_NAMES
        .matcher(source)
        .results()
        .forEach(r -> own.addAll(Set.of(r.group(1).strip().split("\\s+", 2))));
    return own;
  }

  private static String place(String text, int at) {
    var before = text.substring(0, Math.max(0, at));
    int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
    return "line " + line + ", column " + (before.length() - before.lastIndexOf('\n')) + ": ";
  }

  /// The text; empty where it failed, or has nothing to say: then the default is shown, as a
  /// message that looks otherwise is better than none.
  Optional<String> render(Model model) {
    var out = new BoundedWriter();
    try {
      compiled.apply(model.context(markup), out);
    } catch (IOException | RuntimeException | StackOverflowError e) {
      log.warn("template failed, the default is shown instead: {}", e.getMessage());
      return Optional.empty();
    }
    return Optional.of(out.toString().strip()).filter(text -> !text.isEmpty());
  }

  /// Templates are what the config says, and nothing else.
  private static final class NoFiles extends AbstractTemplateLoader {
    @Override
    public TemplateSource sourceAt(String location) throws IOException {
      throw new FileNotFoundException("there are no template files: " + location);
    }
  }
}
