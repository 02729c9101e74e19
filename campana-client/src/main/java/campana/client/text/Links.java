package campana.client.text;

import java.util.Locale;

/**
 * Which addresses Chat opens. A relative or exotic one makes Google show a blank card
 * (docs/protocol.md, «Cards»), so it is better refused where it was written.
 */
public final class Links {
  /** What is asked of an address, to be put into a refusal. */
  public static final String WISH =
      "a link has to begin with https://, http:// or mailto:, not as ";

  private static final int ECHO = 200;

  private Links() {}

  /** Without spaces around; those within are encoded, as a browser would. */
  public static String tidy(String url) {
    return url.strip().replace(" ", "%20");
  }

  /** Whether it is absolute, of http, https or mailto, with something behind the scheme. */
  public static boolean leadsSomewhere(String url) {
    int colon = url.indexOf(':');
    if (colon < 0 || !isClean(url)) {
      return false;
    }
    String rest = url.substring(colon + 1);
    switch (url.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "http":
      case "https":
        return rest.startsWith("//") && startsName(rest.substring(2));
      case "mailto":
        return startsName(rest);
      default:
        return false;
    }
  }

  /** Whether it is what {@link #leadsSomewhere} asks, and no mail address. */
  public static boolean isWeb(String url) {
    return leadsSomewhere(url) && !url.regionMatches(true, 0, "mailto:", 0, 7);
  }

  /** An address as a refusal shows it: quoted, and cut when it is long. */
  public static String quoted(String url) {
    return '"' + (url.length() <= ECHO ? url : Utf8.start(url, ECHO) + "…") + '"';
  }

  /** Controls, and the backslash that browsers read as a slash. */
  private static boolean isClean(String url) {
    return url.chars().noneMatch(c -> c < ' ' || c == '\\' || (c >= 0x7F && c < 0xA0));
  }

  private static boolean startsName(String rest) {
    if (rest.isEmpty()) {
      return false;
    }
    int first = rest.codePointAt(0);
    return Character.isLetterOrDigit(first) || first == '[' || first == '_';
  }
}
