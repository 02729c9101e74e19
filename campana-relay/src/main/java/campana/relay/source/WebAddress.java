package campana.relay.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/// Which addresses may become links.
public final class WebAddress {
  private static final int MOST = 2_000;
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private WebAddress() {}

  /// The address ready to stand in JSON, or empty where it is not absolute, is of no other scheme
  /// than http or https, names its host by nothing, carries a password, or is too long to be meant.
  public static String tidy(String url) {
    return isTidy(url) ? url : tidied(url);
  }

  /// Whether it is an address as most are, with nothing in it to encode: what [#tidied] would give
  /// back as it is, but takes ten times as long for.
  private static boolean isTidy(String url) {
    int host =
        url.startsWith("https://")
            ? "https://".length()
            : url.startsWith("http://") ? "http://".length() : url.length();
    if (url.length() > MOST || host == url.length() || !isLetterOrDigit(url.charAt(host))) {
      return false;
    }
    int at = host;
    while (at < url.length() && isOfHost(url.charAt(at))) {
      at++;
    }
    if (at < url.length() && url.charAt(at) != '/') {
      return false;
    }
    boolean fragment = false;
    for (; at < url.length(); at++) {
      char c = url.charAt(at);
      if (c == '#' && !fragment) {
        fragment = true;
      } else if (c == '%' && isHex(url, at + 1) && isHex(url, at + 2)) {
        at += 2;
      } else if (!isLetterOrDigit(c) && "-._~/?=&+:,;@!$*()".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /// With its port.
  private static boolean isOfHost(char c) {
    return isLetterOrDigit(c) || c == '.' || c == '-' || c == ':';
  }

  private static boolean isHex(String url, int at) {
    return at < url.length() && Character.digit(url.charAt(at), 16) >= 0 && url.charAt(at) < 'g';
  }

  static String tidied(String url) {
    var there = url.strip();
    if (there.length() > MOST || !there.regionMatches(true, 0, "http", 0, 4)) {
      return "";
    }
    var out = new StringBuilder(there.length() + 16);
    there.codePoints().forEach(c -> append(c, out));
    return hasHost(out.toString()) ? out.toString() : "";
  }

  /// As a part of a query, and as the library does it, which takes several times as long.
  public static String encoded(String text) {
    var out = new StringBuilder(text.length() + 32);
    for (var b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
        out.append(c);
      } else if (c == '.' || c == '-' || c == '*' || c == '_') {
        out.append(c);
      } else {
        out.append('%').append(HEX.toHighHexDigit(c)).append(HEX.toLowHexDigit(c));
      }
    }
    return out.toString();
  }

  /// Whether a card's button may lead there: Chat shows buttons of https alone.
  public static boolean isSecure(String url) {
    return url.regionMatches(true, 0, "https://", 0, 8);
  }

  private static boolean hasHost(String url) {
    try {
      var uri = new URI(url);
      var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      return (scheme.equals("http") || scheme.equals("https"))
          && uri.getRawAuthority() != null
          && !uri.getRawAuthority().isEmpty()
          && !uri.getRawAuthority().contains("@")
          && !uri.getRawAuthority().startsWith(":");
    } catch (URISyntaxException e) {
      return false;
    }
  }

  /// Encodes what tools leave as it is in queries, as the braces of PromQL, and what would end a
  /// link in Chat markup.
  private static void append(int c, StringBuilder out) {
    switch (c) {
      case '|', '<', '>', ' ', '{', '}', '"', '`', '^', '\\' ->
          out.append('%').append(HEX.toHexDigits((byte) c));
      default -> {
        if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
          out.append("%EF%BF%BD");
        } else {
          out.appendCodePoint(c);
        }
      }
    }
  }
}
