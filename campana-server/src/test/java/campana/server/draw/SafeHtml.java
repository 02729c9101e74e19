package campana.server.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads drawn HTML with a grammar far smaller than a browser's and fails on anything else. Its
/// lists are its own, not those of the code under test.
final class SafeHtml {
  private static final Pattern TOKEN =
      Pattern.compile(
          "<(/?)([a-z0-9]++)((?: [a-zA-Z-]++=\"[^\"<>]*+\")*+)>|[^<>\"']++", Pattern.DOTALL);
  private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-zA-Z-]++)=\"([^\"]*+)\"");
  private static final Pattern LOOSE_AMPERSAND = Pattern.compile("&(?!(?:amp|lt|gt|quot|#39);)");
  private static final Pattern UNSEEN =
      Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]");
  private static final Set<String> ALONE = Set.of("br", "hr", "img");
  private static final Set<String> TAGS =
      Set.of(
          "a",
          "b",
          "blockquote",
          "br",
          "code",
          "details",
          "div",
          "h3",
          "hr",
          "i",
          "img",
          "li",
          "ol",
          "p",
          "path",
          "pre",
          "s",
          "span",
          "summary",
          "svg",
          "time",
          "u",
          "ul");
  private static final Set<String> ATTRIBUTES =
      Set.of(
          "alt",
          "aria-disabled",
          "aria-hidden",
          "aria-label",
          "class",
          "d",
          "dir",
          "href",
          "loading",
          "rel",
          "role",
          "src",
          "target",
          "title",
          "viewBox");

  private SafeHtml() {}

  static void check(String html) {
    assertThat(LOOSE_AMPERSAND.matcher(html).find()).as("ampersand in %s", html).isFalse();
    assertThat(UNSEEN.matcher(html).find()).as("unseen character in %s", html).isFalse();
    var open = new ArrayDeque<String>();
    var token = TOKEN.matcher(html);
    int at = 0;
    while (token.lookingAt()) {
      at = token.end();
      var tag = token.group(2);
      if (tag != null && token.group(1).isEmpty()) {
        assertThat(TAGS).contains(tag);
        assertThat(tag.equals("a") && open.contains("a")).as("link in link: %s", html).isFalse();
        attributes(token.group(3));
        if (!ALONE.contains(tag)) {
          open.push(tag);
        }
      } else if (tag != null) {
        assertThat(open.poll()).as("what </%s> closes in %s", tag, html).isEqualTo(tag);
      }
      token.region(at, html.length());
    }
    assertThat(html.substring(at)).as("rest that is no HTML of ours").isEmpty();
    assertThat(open).as("left open in %s", html).isEmpty();
  }

  private static void attributes(String all) {
    var attribute = ATTRIBUTE.matcher(all);
    while (attribute.find()) {
      assertThat(ATTRIBUTES).contains(attribute.group(1));
      var value = attribute.group(2);
      switch (attribute.group(1)) {
        case "href" -> assertThat(value).matches("(?s)(https?://|mailto:)[^\\s\\\\].*");
        case "src" -> assertThat(value).startsWith("/images/");
        case "rel" -> assertThat(value).isEqualTo("noopener noreferrer nofollow");
        case "class" -> assertThat(value).matches("m-[a-z0-9-]+( m-[a-z0-9-]+)*");
        default -> {}
      }
    }
  }
}
