package campana.client;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Takes key and token out of texts that others wrote: an error page may well repeat the address it
 * was asked for.
 */
final class Scrub {
  private static final Pattern PARAMETER =
      Pattern.compile("\\b(key|\\w*token)(=|%(?:25)*3D)[^&\\s\"'<>]*", Pattern.CASE_INSENSITIVE);

  /** Shorter values would tear other words apart; as a parameter they are hidden all the same. */
  private static final int SHORTEST = 6;

  /** Where no address is known, or nothing came. */
  static final Scrub OF_NOTHING = new Scrub(URI.create("http://localhost"));

  /** Without one of these a text holds no parameter, and a secret only as it was written. */
  private static final Pattern ENCODED = Pattern.compile("[=%&\\\\]");

  private final Set<String> secrets = new LinkedHashSet<>();

  Scrub(URI address) {
    String query = address.getRawQuery();
    if (query == null) {
      return;
    }
    for (String parameter : query.split("&", -1)) {
      int equals = parameter.indexOf('=');
      if (equals > 0 && isSecret(decoded(parameter.substring(0, equals)))) {
        String value = parameter.substring(equals + 1);
        add(value);
        add(decoded(value));
      }
    }
  }

  /** Broken escapes: then nobody repeats it decoded. */
  private static String decoded(String value) {
    try {
      return URLDecoder.decode(value, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return value;
    }
  }

  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("key") || lower.endsWith("token");
  }

  private void add(String value) {
    int end = value.length();
    while (end > 0 && value.charAt(end - 1) == '=') {
      end--;
    }
    String core = value.substring(0, end);
    if (core.length() >= SHORTEST) {
      secrets.add(core);
    }
  }

  /** A sign may come back encoded, once or twice, in an address, in HTML or in a JSON text. */
  private static String anyWayOfWriting(String value) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      String sign = Pattern.quote(String.valueOf(c));
      if (Character.isLetterOrDigit(c) || c > 0x7F) {
        all.append(sign);
      } else {
        String hex = Integer.toHexString(c);
        all.append("(?:\\\\?").append(sign).append("|(?i:%(?:25)*").append(hex);
        all.append("|&#x0*").append(hex).append(";|&#0*").append((int) c);
        all.append(";|\\\\u00").append(hex).append("))");
      }
    }
    return all.toString();
  }

  String clean(String text) {
    if (!ENCODED.matcher(text).find() && secrets.stream().noneMatch(text::contains)) {
      return text;
    }
    String clean = text;
    for (String secret : secrets) {
      String any = anyWayOfWriting(secret) + "(?:" + anyWayOfWriting("=") + ")*";
      clean = Pattern.compile(any).matcher(clean).replaceAll("…");
    }
    return PARAMETER.matcher(clean).replaceAll("$1=…");
  }
}
