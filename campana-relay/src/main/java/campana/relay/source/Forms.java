package campana.relay.source;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Bodies as an HTML form posts them.
public final class Forms {
  private static final String TYPE = "application/x-www-form-urlencoded";
  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s\";]+)", Pattern.CASE_INSENSITIVE);
  private static final int MOST = 1_000;

  private Forms() {}

  public static boolean isForm(Received received) {
    return type(received).equals(TYPE);
  }

  /// The content type in lower case, without parameters; empty where none was sent.
  public static String type(Received received) {
    var type = received.header("content-type").orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
  }

  /// What a text is written in, as its sender says; UTF-8 where it says nothing that we know.
  public static Charset charset(Received received) {
    var found = CHARSET.matcher(received.header("content-type").orElse(""));
    try {
      return found.find() ? Charset.forName(found.group(1)) : StandardCharsets.UTF_8;
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8;
    }
  }

  /// Names and values, decoded as far as they can be; of several of a name the last, of more than a
  /// thousand the first.
  public static Map<String, String> read(byte[] body) {
    var fields = new LinkedHashMap<String, String>();
    for (var pair : new String(body, StandardCharsets.UTF_8).split("&", MOST)) {
      int equals = pair.indexOf('=');
      if (!pair.isBlank()) {
        fields.put(
            decoded(equals < 0 ? pair : pair.substring(0, equals)),
            equals < 0 ? "" : decoded(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text; // a stray %: better as it is than lost
    }
  }
}
