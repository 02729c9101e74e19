package campana.store;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/// Where a PostgreSQL database is: `postgresql://USER:PASSWORD@HOST:PORT/NAME?option=value`, with
/// several hosts after commas where one may take over from another. What is written for `psql`
/// means the same here. The whole of it is a secret: [#toString] leaves user, password and options
/// out.
public final class PostgresAddress {
  private static final String WANTED = "wanted postgresql://USER:PASSWORD@HOST:PORT/NAME";
  private static final String PORT = "5432";

  private final String hosts;
  private final String name;
  private final Properties given;

  private PostgresAddress(String hosts, String name, Properties given) {
    this.hosts = hosts;
    this.name = name;
    this.given = given;
  }

  /// @throws IllegalArgumentException that says what is wanted and repeats nothing of `url`
  public static PostgresAddress parse(String url) {
    var scheme = url.startsWith("postgresql://") ? "postgresql://" : "postgres://";
    if (!url.startsWith(scheme)) {
      throw new IllegalArgumentException(WANTED);
    }
    var rest = url.substring(scheme.length());
    var question = rest.indexOf('?');
    var query = question < 0 ? "" : rest.substring(question + 1);
    var path = question < 0 ? rest : rest.substring(0, question);
    var slash = path.indexOf('/');
    if (slash < 0 || slash == path.length() - 1) {
      throw new IllegalArgumentException(WANTED + ": the database has no name");
    }
    var authority = path.substring(0, slash);
    var at = authority.lastIndexOf('@');
    var given = new Properties();
    if (at >= 0) {
      var colon = authority.indexOf(':');
      var user = authority.substring(0, colon >= 0 && colon < at ? colon : at);
      given.setProperty("user", decoded(user));
      if (colon >= 0 && colon < at) {
        given.setProperty("password", decoded(authority.substring(colon + 1, at)));
      }
    }
    options(query, given);
    var hosts = authority.substring(at + 1);
    var checked = new StringBuilder();
    for (var host : hosts.split(",", -1)) {
      checked.append(checked.isEmpty() ? "" : ",").append(host(host));
    }
    if (hosts.contains(",")) {
      given.putIfAbsent("targetServerType", "primary");
    }
    return new PostgresAddress(checked.toString(), path.substring(slash + 1), given);
  }

  private static void options(String query, Properties given) {
    for (var option : query.isEmpty() ? new String[0] : query.split("&")) {
      var equals = option.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(WANTED + "?option=value");
      }
      var value = decoded(option.substring(equals + 1));
      switch (option.substring(0, equals)) { // psql's names, where the driver has others
        case "connect_timeout" -> given.setProperty("connectTimeout", value);
        case "target_session_attrs" ->
            given.setProperty("targetServerType", value.equals("read-write") ? "primary" : value);
        case String other -> given.setProperty(other, value);
      }
    }
  }

  private static String host(String host) {
    try {
      var uri = new URI("postgresql://" + host);
      if (uri.getHost() == null || uri.getUserInfo() != null) {
        throw new IllegalArgumentException(WANTED + ": no host");
      }
      return uri.getPort() < 0 ? uri.getHost() + ":" + PORT : host;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(WANTED + ": no host"); // its message repeats the address
    }
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(WANTED + ", with %25 for a percent sign");
    }
  }

  /// What the driver takes, without secrets.
  String jdbc() {
    return "jdbc:postgresql://" + hosts + "/" + name;
  }

  /// A copy of what was given, secrets too.
  Properties properties() {
    var copy = new Properties();
    copy.putAll(given);
    return copy;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PostgresAddress address
        && hosts.equals(address.hosts)
        && name.equals(address.name)
        && given.equals(address.given);
  }

  @Override
  public int hashCode() {
    return Objects.hash(hosts, name, given);
  }

  @Override
  public String toString() {
    return "postgresql://" + hosts + "/" + name;
  }
}
