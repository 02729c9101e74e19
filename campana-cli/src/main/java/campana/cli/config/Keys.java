package campana.cli.config;

import campana.http.Cidr;
import campana.server.quota.QuotaRate;
import campana.store.PostgresAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Every key there is; `docs/campana.example.yaml` shows them all, and a test keeps the two equal.
public final class Keys {
  private static final String LENGTH = "a length of time such as 400d, 12h or 30m";
  private static final String SWITCH = "true or false";

  public static final Key<String> HOST =
      Key.one("server.host", "127.0.0.1", "an address to listen on, such as 0.0.0.0", Keys::host);
  public static final Key<Integer> PORT =
      Key.one("server.port", 8080, "a port from 0 to 65535", t -> Reading.whole(t, 0, 65_535));
  public static final Key<Optional<PostgresAddress>> DATABASE =
      Key.secret(
          "server.database",
          Optional.empty(),
          "postgresql://USER:PASSWORD@HOST:PORT/NAME",
          Keys::database);
  public static final Key<String> URL =
      Key.one(
          "server.url",
          "",
          "the address others reach, such as https://chat.example.org, without a path",
          Reading::origin);
  public static final Key<String> TLS_CERT =
      Key.one("server.tls.cert", "", "a file with the certificates, PEM", Keys::file);
  public static final Key<String> TLS_KEY =
      Key.one("server.tls.key", "", "a file with the private key, PEM", Keys::file);
  public static final Key<List<Cidr>> TRUSTED_PROXIES =
      Key.many(
          "server.trusted-proxies",
          "a list of addresses or networks such as [127.0.0.1, 10.0.0.0/8]",
          Reading::networks);
  public static final Key<QuotaRate> QUOTA_RATE =
      Key.one(
          "server.quota.rate",
          QuotaRate.DEFAULT,
          "N/s or N/m such as 1/s (1/m to 1000000/s)",
          Reading::rate);
  public static final Key<Integer> QUOTA_BURST =
      Key.one("server.quota.burst", 1, "a number from 1 to 1000", t -> Reading.whole(t, 1, 1000));
  public static final Key<Boolean> ECHO =
      Key.one("server.response", false, "seed or echo", t -> Reading.word(t, "seed", "echo"));
  public static final Key<Boolean> START_MISSING_THREAD =
      Key.one(
          "server.missing-thread",
          false,
          "refuse or start",
          t -> Reading.word(t, "refuse", "start"));
  public static final Key<Boolean> STRICT = Key.one("server.strict", false, SWITCH, Reading::truth);
  public static final Key<Boolean> IMAGE_PROXY =
      Key.one("server.images", true, "proxy or off", t -> Reading.word(t, "off", "proxy"));
  public static final Key<Boolean> WEBHOOKS =
      Key.one("server.policy.webhooks", true, SWITCH, Reading::truth);
  public static final Key<Boolean> WEBHOOKS_IN_DIRECT_MESSAGES =
      Key.one("server.policy.webhooks-in-direct-messages", true, SWITCH, Reading::truth);
  public static final Key<Duration> KEEP_MESSAGES =
      Key.one("server.retention.messages", Duration.ofDays(400), LENGTH, Reading::duration);
  // The next three are the relay's.
  public static final Key<Duration> KEEP_DELIVERIES =
      Key.one("server.retention.deliveries", Duration.ofDays(30), LENGTH, Reading::duration);
  public static final Key<Duration> KEEP_DEAD_LETTERS =
      Key.one("server.retention.dead-letters", Duration.ofDays(90), LENGTH, Reading::duration);
  public static final Key<Duration> KEEP_BODIES =
      Key.one("server.retention.bodies", Duration.ofDays(7), LENGTH, Reading::duration);

  public static final List<Key<?>> ALL =
      List.of(
          HOST,
          PORT,
          DATABASE,
          URL,
          TLS_CERT,
          TLS_KEY,
          TRUSTED_PROXIES,
          QUOTA_RATE,
          QUOTA_BURST,
          ECHO,
          START_MISSING_THREAD,
          STRICT,
          IMAGE_PROXY,
          WEBHOOKS,
          WEBHOOKS_IN_DIRECT_MESSAGES,
          KEEP_MESSAGES,
          KEEP_DELIVERIES,
          KEEP_DEAD_LETTERS,
          KEEP_BODIES);

  private Keys() {}

  /// The paths that are sections: `server`, `server.tls`, …
  static Set<String> sections() {
    return sections(ALL);
  }

  static Set<String> sections(List<Key<?>> keys) {
    var sections = new LinkedHashSet<String>();
    for (var key : keys) {
      for (var dot = key.path().indexOf('.'); dot > 0; dot = key.path().indexOf('.', dot + 1)) {
        sections.add(key.path().substring(0, dot));
      }
    }
    return sections;
  }

  private static Optional<String> host(String text) {
    var fine = !text.isBlank() && text.chars().noneMatch(c -> c <= ' ' || c == '/');
    return fine ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Optional<PostgresAddress>> database(String text) {
    try {
      return Optional.of(Optional.of(PostgresAddress.parse(text)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> file(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(text);
  }
}
