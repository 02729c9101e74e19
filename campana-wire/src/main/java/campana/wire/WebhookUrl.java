package campana.wire;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a webhook, {@code https://HOST/v1/spaces/SPACE/messages?key=KEY&token=TOKEN}.
 * Whoever holds it can post: it is a secret, and {@link #toString()} keeps it. Immutable; equal
 * when written equal.
 */
public final class WebhookUrl {
  private static final Pattern PATH =
      Pattern.compile("(?:/[^?#]*)?/v1/spaces/([A-Za-z0-9_-]+)/messages/?");

  private final String beforeQuery;
  private final String host;
  private final String origin;
  private final String space;

  /** Parameters as written, key and token among them, in their order. */
  private final List<String> parameters;

  private WebhookUrl(
      String beforeQuery, String host, String origin, String space, List<String> parameters) {
    this.beforeQuery = beforeQuery;
    this.host = host;
    this.origin = origin;
    this.space = space;
    this.parameters = List.copyOf(parameters);
  }

  /**
   * Reads an address as it was copied; white space around it does not count.
   *
   * @param url the whole address: a secret
   * @return what it says
   * @throws IllegalArgumentException if it is none, with a text that says what is missing and
   *     repeats nothing of the address
   */
  public static WebhookUrl parse(String url) {
    String text = url.strip();
    if (text.contains("&amp;")) {
      throw wrong("has &amp; in place of &; copy it again as plain text");
    }
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      throw wrong("has a character at place " + e.getIndex() + " that no address may have");
    }
    String scheme = uri.getScheme();
    if (!"https".equalsIgnoreCase(scheme) && !"http".equalsIgnoreCase(scheme)) {
      throw wrong("has to begin with https://");
    }
    if (uri.getHost() == null || uri.getRawUserInfo() != null) {
      throw wrong("needs a host, and no user before it");
    }
    if (uri.getPort() > 65_535) {
      throw wrong("needs a port of at most 65535");
    }
    if (uri.getRawFragment() != null) {
      throw wrong("must not have a # in it");
    }
    Matcher path = PATH.matcher(uri.getRawPath());
    if (!path.matches()) {
      throw wrong("needs the path /v1/spaces/SPACE/messages");
    }
    List<String> parameters = new ArrayList<>();
    if (uri.getRawQuery() != null) {
      for (String parameter : uri.getRawQuery().split("&", -1)) {
        if (!parameter.isEmpty()) {
          parameters.add(parameter);
        }
      }
    }
    for (String secret : List.of("key", "token")) {
      long times = parameters.stream().filter(p -> isSet(p, secret)).count();
      if (times != 1) {
        throw wrong("needs exactly one parameter " + secret + " with a value, and has " + times);
      }
    }
    int mark = text.indexOf('?');
    return new WebhookUrl(
        text.substring(0, mark), uri.getHost(), origin(uri), path.group(1), parameters);
  }

  private static String origin(URI uri) {
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    int usual = scheme.equals("https") ? 443 : 80;
    String port = uri.getPort() == -1 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    return scheme + "://" + uri.getHost().toLowerCase(Locale.ROOT) + port;
  }

  private static IllegalArgumentException wrong(String how) {
    return new IllegalArgumentException("the webhook URL " + how);
  }

  private static boolean isSet(String parameter, String name) {
    return name(parameter).equals(name) && parameter.indexOf('=') < parameter.length() - 1;
  }

  private static String name(String parameter) {
    int equals = parameter.indexOf('=');
    return decode(equals < 0 ? parameter : parameter.substring(0, equals));
  }

  /** Broken escapes stay as they are: they are the far side's to judge. */
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  /** {@return the host, without its port} */
  public String host() {
    return host;
  }

  /**
   * Scheme, host and port in one way of writing: lower case, without the scheme's own port. Two
   * URLs with the same origin and {@link #space()} share that space's quota.
   *
   * @return as {@code https://chat.googleapis.com}
   */
  public String origin() {
    return origin;
  }

  /**
   * Whether the query has a parameter of this name, in either of the styles that the wire takes:
   * {@code messageReplyOption} is {@code message_reply_option}, too.
   *
   * @param name decoded
   * @return also true where its value is empty
   */
  public boolean has(String name) {
    return parameters.stream().anyMatch(parameter -> same(name(parameter), name));
  }

  private static boolean same(String one, String other) {
    return FieldName.camel(one).equals(FieldName.camel(other));
  }

  /** {@return the space's id, without {@code spaces/} in front} */
  public String space() {
    return space;
  }

  /**
   * The same with one more parameter in the query. One of that name, in either style as {@link
   * #has} knows them, is replaced, and repeated ones are dropped; everything else, key and token
   * above all, stays as it was written.
   *
   * @param name as on the wire, as {@code threadKey}; not {@code key} or {@code token}
   * @param value any text; it is encoded here
   * @return a new address
   */
  public WebhookUrl with(String name, String value) {
    if (name.equals("key") || name.equals("token")) {
      throw new IllegalArgumentException(name + " belongs to the webhook and cannot be replaced");
    }
    String added = encode(name) + "=" + encode(value);
    List<String> all = new ArrayList<>();
    boolean placed = false;
    for (String parameter : parameters) {
      if (!same(name(parameter), name)) {
        all.add(parameter);
      } else if (!placed) {
        all.add(added);
        placed = true;
      }
    }
    if (!placed) {
      all.add(added);
    }
    return new WebhookUrl(beforeQuery, host, origin, space, all);
  }

  /** Percent-encoded throughout: a plus sign means a space to some servers and itself to others. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** {@return the whole address, to send to: a secret} */
  public URI toUri() {
    return URI.create(revealed());
  }

  /** {@return the whole address as text, to store or to show to its owner: a secret} */
  public String revealed() {
    return beforeQuery + "?" + String.join("&", parameters);
  }

  /** {@return the address with key and token hidden, fit for logs} */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(beforeQuery);
    char before = '?';
    for (String parameter : parameters) {
      String name = name(parameter);
      text.append(before).append(isSecret(name) ? name + "=…" : parameter);
      before = '&';
    }
    return text.toString();
  }

  /** The likes of {@code access_token}, too. */
  private static boolean isSecret(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.equals("key") || lower.endsWith("token");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof WebhookUrl && ((WebhookUrl) other).revealed().equals(revealed());
  }

  @Override
  public int hashCode() {
    return revealed().hashCode();
  }
}
