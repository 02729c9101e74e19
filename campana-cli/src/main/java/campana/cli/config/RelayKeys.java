package campana.cli.config;

import campana.relay.outbox.Destination;
import campana.relay.outbox.EpisodeRules;
import campana.relay.outbox.EpisodeRules.Unopened;
import campana.server.quota.QuotaRate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Every key of the `relay:` section; `*` stands for the name that a destination or a route has.
/// `docs/campana.example.yaml` shows them all, and a test keeps the two equal.
public final class RelayKeys {
  private static final String LENGTH = "a length of time such as 24h, 5m or 30s";
  private static final String SWITCH = "true or false";
  private static final String RATE = "N/s or N/m such as 1/s (1/m to 1000000/s)";
  private static final String NAME = "a name under relay.destinations";
  private static final String DIGEST = "auto or off";
  private static final String POINTER = "a JSON pointer such as /alert/id";
  private static final String PATTERN = "a regular expression";
  private static final String UPSTREAM = "relay.upstream.";
  private static final String TO = "relay.destinations.*.";
  private static final String BY = "relay.routes.*.";

  static final Key<Integer> MAX_WAITING =
      Key.one(
          "relay.max-waiting",
          1_000_000,
          "a number from 1 to 100000000",
          t -> Reading.whole(t, 1, 100_000_000));
  static final Key<Double> MIN_FREE_DISK =
      Key.one("relay.min-free-disk", 0.05, "a share such as 5%, up to 90%", RelayKeys::share);
  static final Key<String> ALARM = Key.one("relay.alarm", "", NAME, Optional::of);
  static final Key<Duration> ALARM_AFTER =
      Key.one("relay.alarm-after", Duration.ofMinutes(5), LENGTH, Reading::duration);

  static final Key<String> UPSTREAM_URL =
      Key.one(
          UPSTREAM + "url",
          "",
          "scheme and host such as https://chat.googleapis.com, without a path",
          Reading::origin);
  static final Key<List<String>> UPSTREAM_SPACES =
      new Key<>(
          UPSTREAM + "spaces",
          true,
          false,
          "a list of space ids, or [\"*\"] for all",
          List.of("*"),
          RelayKeys::spaces);
  static final Key<QuotaRate> UPSTREAM_RATE = rate(UPSTREAM);
  static final Key<Boolean> UPSTREAM_DIGEST = digest(UPSTREAM, false);
  static final Key<Duration> UPSTREAM_KEEP_TRYING = keepTrying(UPSTREAM);
  static final Key<Boolean> UPSTREAM_PRIVATE = allowPrivate(UPSTREAM);

  static final Key<String> WEBHOOK =
      Key.one(TO + "webhook", "", "the webhook's whole URL, as it was copied", Optional::of);
  static final Key<QuotaRate> RATE_OF = rate(TO);
  static final Key<Boolean> DIGEST_OF = digest(TO, true);
  static final Key<Duration> KEEP_TRYING = keepTrying(TO);
  static final Key<String> FALLBACK = Key.one(TO + "fallback", "", NAME, Optional::of);
  static final Key<Boolean> PRIVATE = allowPrivate(TO);
  static final Key<String> LANGUAGE =
      Key.one(TO + "language", "en", "en, it or es", RelayKeys::language);
  static final Key<ZoneId> ZONE =
      Key.one(
          TO + "zone", ZoneId.of("UTC"), "a time zone such as Europe/Rome or UTC", RelayKeys::zone);

  static final Key<String> SOURCE = Key.one(BY + "source", "", "the tool's name", Optional::of);
  static final Key<Boolean> OPEN =
      Key.one(
          BY + "auth",
          false,
          "a section with path, bearer, basic, header or secret; or none, written out",
          t -> t.equals("none") ? Optional.of(true) : Optional.empty());
  static final Key<List<String>> AUTH_PATH = secrets("auth.path", "tokens of [A-Za-z0-9_-]");
  static final Key<List<String>> AUTH_BEARER = secrets("auth.bearer", "tokens");
  static final Key<List<String>> AUTH_BASIC = secrets("auth.basic", "user:password");
  static final Key<String> AUTH_HEADER =
      Key.one(BY + "auth.header.name", "", "a header's name", RelayKeys::header);
  static final Key<List<String>> AUTH_HEADER_VALUE =
      secrets("auth.header.value", "the header's values");
  static final Key<List<String>> AUTH_SECRET = secrets("auth.secret", "the source's secrets");
  static final Key<List<String>> DESTINATIONS = many("to", "a list of names under destinations");
  static final Key<String> WHEN = text("when", "a condition in CEL");
  static final Key<String> THREAD =
      Key.one(
          BY + "thread",
          "per-subject",
          "per-subject, per-day, single or none",
          t ->
              List.of("per-subject", "per-day", "single", "none").contains(t)
                  ? Optional.of(t)
                  : Optional.empty());
  static final Key<String> TITLE = text("title", "a Handlebars template");
  static final Key<String> TEXT = text("text", "a Handlebars template");
  static final Key<Optional<Boolean>> CARD =
      Key.one(BY + "card", Optional.empty(), DIGEST, t -> some(Reading.word(t, "off", "auto")));
  static final Key<Optional<Duration>> DEDUP =
      Key.one(
          BY + "dedup",
          Optional.empty(),
          "off, or a length of time such as 10s, up to 7d",
          t ->
              t.equals("off")
                  ? Optional.of(Optional.of(Duration.ZERO))
                  : some(Reading.duration(t).filter(d -> d.compareTo(Duration.ofDays(7)) <= 0)));
  static final Key<Optional<Unopened>> STRAY =
      Key.one(
          BY + "stray-resolved",
          Optional.empty(),
          "drop or post",
          t ->
              some(
                  Reading.word(t, "drop", "post")
                      .map(post -> post ? Unopened.POST : Unopened.DROP)));
  static final Key<Duration> GRACE =
      Key.one(
          BY + "episode-grace",
          EpisodeRules.DEFAULT.grace(),
          "a length of time such as 5m or 30s; 0s for none",
          t -> t.equals("0s") ? Optional.of(Duration.ZERO) : Reading.duration(t));
  static final Key<Duration> IDLE =
      Key.one(
          BY + "episode-idle",
          EpisodeRules.DEFAULT.idle(),
          "a length of time from 1m on, longer than the tool's own repeat",
          t -> Reading.duration(t).filter(d -> d.compareTo(Duration.ofMinutes(1)) >= 0));
  static final Key<Integer> MAX_BODY =
      Key.one(BY + "max-body", 1 << 20, "a size from 1KiB to 25MiB, such as 5MiB", RelayKeys::size);
  static final Key<String> SUBJECT =
      Key.one(
          BY + "subject",
          "",
          "group or alert",
          t -> t.equals("group") || t.equals("alert") ? Optional.of(t) : Optional.empty());
  static final Key<Boolean> MENTIONS = Key.one(BY + "mentions", false, SWITCH, Reading::truth);

  /// Whom a message mentions, by severity.
  static final List<Key<List<String>>> MENTION =
      Stream.of("critical", "warning", "info", "ok")
          .map(severity -> many("mention." + severity, "all, or users' ids as users/123456789"))
          .toList();

  /// How a source reads, by the names that it knows.
  static final List<Key<List<String>>> READING = reading();

  public static final List<Key<?>> ALL = all();

  private RelayKeys() {}

  private static List<Key<List<String>>> reading() {
    var keys = new ArrayList<Key<List<String>>>();
    for (var field :
        List.of("id", "subject", "title", "body", "severity", "state", "link", "time")) {
      keys.add(many("map." + field, POINTER + ", or a section with pointer and default"));
      keys.add(many("map." + field + ".pointer", POINTER));
      keys.add(many("map." + field + ".default", "a text"));
    }
    keys.add(many("map.severity.critical", "a list of values"));
    keys.add(many("map.severity.warning", "a list of values"));
    keys.add(many("map.state.firing", "a list of values"));
    keys.add(many("map.state.resolved", "a list of values"));
    keys.add(many("patterns.subject", PATTERN));
    keys.add(many("patterns.firing", PATTERN));
    keys.add(many("patterns.resolved", PATTERN));
    return List.copyOf(keys);
  }

  private static List<Key<?>> all() {
    var keys = new ArrayList<Key<?>>();
    keys.addAll(List.of(MAX_WAITING, MIN_FREE_DISK, ALARM, ALARM_AFTER));
    keys.addAll(List.of(UPSTREAM_URL, UPSTREAM_SPACES, UPSTREAM_RATE, UPSTREAM_DIGEST));
    keys.addAll(List.of(UPSTREAM_KEEP_TRYING, UPSTREAM_PRIVATE));
    keys.addAll(List.of(WEBHOOK, RATE_OF, DIGEST_OF, KEEP_TRYING, FALLBACK, PRIVATE));
    keys.addAll(List.of(LANGUAGE, ZONE));
    keys.addAll(List.of(SOURCE, OPEN, AUTH_PATH, AUTH_BEARER, AUTH_BASIC, AUTH_HEADER));
    keys.addAll(List.of(AUTH_HEADER_VALUE, AUTH_SECRET, DESTINATIONS, WHEN, THREAD, TITLE, TEXT));
    keys.addAll(List.of(CARD, DEDUP, STRAY, GRACE, IDLE, MAX_BODY, SUBJECT, MENTIONS));
    keys.addAll(MENTION);
    keys.addAll(READING);
    return List.copyOf(keys);
  }

  /// `relay.routes.web.to` → `relay.routes.*.to`.
  static String general(String path) {
    return path.replaceFirst("^(relay\\.(?:destinations|routes))\\.[^.]+", "$1.*");
  }

  /// Whether no mistake may show what stands there.
  static boolean secret(Key<?> key) {
    return key.equals(WEBHOOK) || key.path().startsWith(BY + "auth.");
  }

  /// All that are sections.
  static Set<String> sections() {
    return Keys.sections(ALL);
  }

  /// For a key that may be left out: empty where the text is not as wished.
  private static <T> Optional<Optional<T>> some(Optional<T> read) {
    return read.isPresent() ? Optional.of(read) : Optional.empty();
  }

  private static Key<QuotaRate> rate(String prefix) {
    return Key.one(prefix + "rate", new QuotaRate(Destination.INTERVAL, 1), RATE, Reading::rate);
  }

  private static Key<Boolean> digest(String prefix, boolean usual) {
    return Key.one(prefix + "digest", usual, DIGEST, t -> Reading.word(t, "off", "auto"));
  }

  private static Key<Duration> keepTrying(String prefix) {
    return Key.one(prefix + "keep-trying", Destination.KEEP_TRYING, LENGTH, Reading::duration);
  }

  private static Key<Boolean> allowPrivate(String prefix) {
    return Key.one(prefix + "allow-private", false, SWITCH, Reading::truth);
  }

  private static Key<String> text(String name, String wish) {
    return Key.one(BY + name, "", wish, t -> t.isBlank() ? Optional.empty() : Optional.of(t));
  }

  private static Key<List<String>> many(String name, String wish) {
    return Key.many(
        BY + name,
        wish,
        texts ->
            texts.isEmpty() || texts.stream().anyMatch(String::isEmpty)
                ? Optional.empty()
                : Optional.of(texts));
  }

  private static Key<List<String>> secrets(String name, String wish) {
    return many(name, wish + ", one or a list of current ones, none empty");
  }

  private static Optional<Double> share(String text) {
    return text.endsWith("%")
        ? Reading.whole(text.substring(0, text.length() - 1), 0, 90).map(n -> n / 100.0)
        : Optional.empty();
  }

  private static Optional<List<String>> spaces(List<String> texts) {
    var fine = !texts.isEmpty() && texts.stream().allMatch(t -> t.matches("\\*|[A-Za-z0-9_-]+"));
    return fine ? Optional.of(texts) : Optional.empty();
  }

  private static Optional<String> language(String text) {
    return List.of("en", "it", "es").contains(text) ? Optional.of(text) : Optional.empty();
  }

  private static Optional<ZoneId> zone(String text) {
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> header(String text) {
    return text.matches("[A-Za-z0-9-]+") ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Integer> size(String text) {
    var unit = text.endsWith("KiB") ? 1 << 10 : text.endsWith("MiB") ? 1 << 20 : 0;
    return unit == 0
        ? Optional.empty()
        : Reading.whole(text.substring(0, text.length() - 3).strip(), 1, 25 * 1024)
            .map(n -> (long) n * unit)
            .filter(n -> n <= 25L << 20)
            .map(Long::intValue);
  }
}
