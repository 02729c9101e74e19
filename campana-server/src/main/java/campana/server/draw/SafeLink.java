package campana.server.draw;

import java.util.Optional;

/// An address that a reader may click: http, https or mailto, absolute.
///
/// @param url begins with one of the three schemes in small letters; has no space, control or
///   invisible character
record SafeLink(String url) {

  /// @return empty for `javascript:`, `data:`, relative and all other odd addresses
  static Optional<SafeLink> of(String raw) {
    var url = raw.strip();
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      if (c < ' ' || c == '\\' || Sieve.dropped(c) || Sieve.at(url, i) != c) {
        return Optional.empty(); // a browser reads past tabs and newlines, and \ as /
      }
    }
    for (var scheme : new String[] {"https://", "http://", "mailto:"}) {
      if (url.regionMatches(true, 0, scheme, 0, scheme.length())) {
        var rest = url.substring(scheme.length());
        return rest.isEmpty() || !startsName(rest.codePointAt(0))
            ? Optional.empty()
            : Optional.of(new SafeLink(scheme + rest.replace(" ", "%20")));
      }
    }
    return Optional.empty();
  }

  private static boolean startsName(int c) {
    return Character.isLetterOrDigit(c) || c == '[' || c == '_';
  }

  /// The host, for a reader to judge by; of a mail address all after the scheme.
  String host() {
    if (url.startsWith("mailto:")) {
      return url.substring("mailto:".length());
    }
    int start = url.indexOf("//") + 2;
    int end = start;
    while (end < url.length() && "/?#".indexOf(url.charAt(end)) < 0) {
      end++;
    }
    return url.substring(Math.max(start, url.lastIndexOf('@', end - 1) + 1), end);
  }
}
