package campana.server.draw;

/// The character references that senders use in card text.
final class Entities {
  private static final int LONGEST = 10;

  private Entities() {}

  /// Where the reference that begins at `at` ends, or `at + 1` where it is but an ampersand.
  static int end(String html, int at) {
    int last = Math.min(html.length(), at + LONGEST);
    int end = at + 1;
    while (end < last && (Character.isLetterOrDigit(html.charAt(end)) || html.charAt(end) == '#')) {
      end++;
    }
    return end < last && html.charAt(end) == ';' ? end + 1 : at + 1;
  }

  static String decoded(String html) {
    if (html.indexOf('&') < 0) {
      return html;
    }
    var out = new StringBuilder();
    for (int i = 0; i < html.length(); ) {
      if (html.charAt(i) == '&') {
        int end = end(html, i);
        out.append(one(html.substring(i, end)));
        i = end;
      } else {
        out.append(html.charAt(i++));
      }
    }
    return out.toString();
  }

  private static String one(String reference) {
    return switch (reference) {
      case "&amp;" -> "&";
      case "&lt;" -> "<";
      case "&gt;" -> ">";
      case "&quot;" -> "\"";
      case "&apos;" -> "'";
      case "&nbsp;" -> "\u00A0";
      case "&ndash;" -> "–";
      case "&mdash;" -> "—";
      case "&hellip;" -> "…";
      case "&bull;" -> "•";
      default -> numbered(reference);
    };
  }

  private static String numbered(String reference) {
    boolean hex = reference.matches("&#[xX][0-9a-fA-F]{1,6};");
    if (!hex && !reference.matches("&#[0-9]{1,7};")) {
      return reference;
    }
    int point =
        hex
            ? Integer.parseInt(reference.substring(3, reference.length() - 1), 16)
            : Integer.parseInt(reference.substring(2, reference.length() - 1));
    return Character.isValidCodePoint(point) ? Character.toString(point) : reference;
  }
}
