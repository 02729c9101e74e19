package campana.cli.config;

import campana.relay.RelaySettings;
import campana.relay.RouteSettings;
import campana.relay.Routes;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Destination;
import campana.relay.outbox.Upstream;
import campana.relay.source.Auth;
import campana.relay.source.Sources;
import campana.wire.WebhookUrl;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads the `relay:` section. Used once.
final class RelayReader {
  private static final String DESTINATIONS = "relay.destinations";
  private static final String ROUTES = "relay.routes";
  private static final String NAME = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}";

  private final FileValues file;
  private final OwnAddress own;

  RelayReader(FileValues file, OwnAddress own) {
    this.file = file;
    this.own = own;
  }

  /// @param retention from the `server:` section
  /// @return empty where the config names neither routes nor an upstream
  Optional<RelaySettings> read(RelaySettings.Retention retention) {
    var usual = Caps.DEFAULT;
    var caps =
        new Caps(
            file.value(RelayKeys.MAX_WAITING, ""),
            usual.perLane(),
            usual.unprovenEntries(),
            usual.unprovenBytes(),
            usual.unprovenLanes(),
            file.value(RelayKeys.MIN_FREE_DISK, ""));
    var destinations = destinations();
    var alarm = known(RelayKeys.ALARM, "");
    var alarmAfter = file.value(RelayKeys.ALARM_AFTER, "");
    var upstream = upstream();
    agree(upstream, destinations.values());
    var routes = routes();
    if (routes.isEmpty() && upstream.isEmpty()) {
      return Optional.empty();
    }
    var settings =
        new RelaySettings(
            caps,
            destinations.containsKey(alarm) ? alarm : "",
            alarmAfter,
            upstream,
            destinations,
            routes,
            retention);
    routes.values().forEach(route -> judge(route, settings));
    return Optional.of(settings);
  }

  private Optional<Upstream> upstream() {
    if (!file.isSection("relay.upstream")) {
      return Optional.empty();
    }
    if (!file.has(RelayKeys.UPSTREAM_URL.path())) {
      file.wrong(RelayKeys.UPSTREAM_URL.path(), "wanted " + RelayKeys.UPSTREAM_URL.wish());
    }
    var url = file.value(RelayKeys.UPSTREAM_URL, "");
    if (!url.isEmpty() && own.is(url)) {
      file.wrong(
          RelayKeys.UPSTREAM_URL.path(),
          "is this server itself, so that a post would go round in a circle; wanted whom it is to"
              + " be handed on to, such as https://chat.googleapis.com");
    }
    return Optional.of(
        new Upstream(
            url,
            file.value(RelayKeys.UPSTREAM_SPACES, ""),
            file.value(RelayKeys.UPSTREAM_RATE, "").interval(),
            file.value(RelayKeys.UPSTREAM_KEEP_TRYING, ""),
            file.value(RelayKeys.UPSTREAM_PRIVATE, ""),
            file.value(RelayKeys.UPSTREAM_DIGEST, "")));
  }

  /// Those that are whole; what is wrong with others was told.
  private Map<String, Destination> destinations() {
    var found = new LinkedHashMap<String, Destination>();
    for (var name : names(DESTINATIONS)) {
      webhook(name)
          .ifPresent(url ->
              found.put(
                  name,
                  new Destination(
                      name,
                      url,
                      file.value(RelayKeys.RATE_OF, name).interval(),
                      file.value(RelayKeys.KEEP_TRYING, name),
                      known(RelayKeys.FALLBACK, name),
                      file.value(RelayKeys.PRIVATE, name),
                      file.value(RelayKeys.DIGEST_OF, name),
                      file.value(RelayKeys.LANGUAGE, name),
                      file.value(RelayKeys.ZONE, name))));
    }
    return found;
  }

  /// A host's name is looked up by the whole program: either all may find it in this machine's
  /// networks, or nobody.
  private void agree(Optional<Upstream> upstream, Collection<Destination> destinations) {
    var allowed = new HashMap<String, String>(); // who allows it, by host
    var whole = upstream.filter(up -> !up.url().isEmpty());
    whole
        .filter(Upstream::allowPrivate)
        .ifPresent(up -> allowed.put(plain(up.host()), "relay.upstream"));
    destinations.stream()
        .filter(Destination::allowPrivate)
        .forEach(to -> allowed.putIfAbsent(plain(to.url().host()), DESTINATIONS + "." + to.name()));
    whole
        .filter(up -> !up.allowPrivate())
        .ifPresent(up -> agree(RelayKeys.UPSTREAM_PRIVATE.path(), allowed.get(plain(up.host()))));
    destinations.stream()
        .filter(to -> !to.allowPrivate())
        .forEach(to ->
            agree(
                RelayKeys.PRIVATE.path().replace("*", to.name()),
                allowed.get(plain(to.url().host()))));
  }

  private void agree(String path, @Nullable String other) {
    if (other != null) {
      file.wrong(
          path, "wanted true, as in " + other + ", which is at the same host; or false in both");
    }
  }

  private static String plain(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  private List<String> names(String section) {
    return file.below(section).stream()
        .filter(name -> {
          var fine = name.matches(NAME);
          if (!fine) {
            file.wrong(
                section + "." + name,
                "wanted a name of letters, digits, - and _, at most 63 of them");
          }
          return fine;
        })
        .filter(name -> {
          var path = section + "." + name;
          if (!file.isSection(path) && !file.has(path)) {
            file.wrong(path, "nothing stands there; wanted its keys, or the name gone");
          }
          return file.isSection(path);
        })
        .toList();
  }

  private Optional<WebhookUrl> webhook(String name) {
    var path = RelayKeys.WEBHOOK.path().replace("*", name);
    if (!file.has(path)) {
      file.wrong(path, "wanted " + RelayKeys.WEBHOOK.wish());
      return Optional.empty();
    }
    var text = file.value(RelayKeys.WEBHOOK, name);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      var url = WebhookUrl.parse(text);
      if (own.is(url.origin()) && !OwnAddress.isOurs(url.space())) {
        file.wrong(
            path,
            "leads to this server itself, where no space is called so (its own begin with cmp), and"
                + " so to its proxy; wanted the URL as the far side shows it");
      }
      return Optional.of(url);
    } catch (IllegalArgumentException e) {
      file.wrong(path, String.valueOf(e.getMessage())); // which repeats nothing of it
      return Optional.empty();
    }
  }

  /// The name of a destination that there is, or nothing.
  private String known(Key<String> key, String at) {
    var name = file.value(key, at);
    var path = key.path().replace("*", at);
    if (!name.isEmpty() && !file.isSection(DESTINATIONS + "." + name)) {
      file.wrong(path, "there is no destination «" + name + "»; wanted one of " + all());
      return "";
    }
    if (!name.isEmpty() && name.equals(at)) {
      file.wrong(path, "wanted another destination than itself");
      return "";
    }
    return name;
  }

  private String all() {
    var names = file.below(DESTINATIONS);
    return names.isEmpty() ? "relay.destinations, where none is" : String.join(", ", names);
  }

  private Map<String, RouteSettings> routes() {
    var found = new LinkedHashMap<String, RouteSettings>();
    names(ROUTES).forEach(name -> found.put(name, route(name)));
    return found;
  }

  private RouteSettings route(String name) {
    var reading = new LinkedHashMap<String, List<String>>();
    reading.put("subject", some(file.value(RelayKeys.SUBJECT, name)));
    for (var key : RelayKeys.READING) {
      var path = key.path().replace("*", name);
      if (!file.isSection(path)) {
        reading.put(key.path().replace(ROUTES + ".*.", ""), file.value(key, name));
      }
    }
    reading.put("mentions", some(file.value(RelayKeys.MENTIONS, name) ? "true" : ""));
    reading.values().removeIf(List::isEmpty);
    var mention = new LinkedHashMap<String, List<String>>();
    for (var key : RelayKeys.MENTION) {
      mention.put(key.path().substring(key.path().lastIndexOf('.') + 1), file.value(key, name));
    }
    mention.values().removeIf(List::isEmpty);
    return new RouteSettings(
        name,
        source(name),
        auth(name),
        to(name),
        file.value(RelayKeys.WHEN, name),
        file.value(RelayKeys.THREAD, name),
        mention,
        file.value(RelayKeys.TITLE, name),
        file.value(RelayKeys.TEXT, name),
        file.value(RelayKeys.CARD, name),
        file.value(RelayKeys.DEDUP, name),
        file.value(RelayKeys.STRAY, name),
        file.value(RelayKeys.GRACE, name),
        file.value(RelayKeys.IDLE, name),
        file.value(RelayKeys.MAX_BODY, name),
        reading);
  }

  private static List<String> some(String text) {
    return text.isEmpty() ? List.of() : List.of(text);
  }

  private String source(String name) {
    var source = file.value(RelayKeys.SOURCE, name);
    if (!Sources.NAMES.contains(source)) {
      file.wrong(
          RelayKeys.SOURCE.path().replace("*", name),
          "wanted one of "
              + String.join(", ", Sources.NAMES)
              + (source.isEmpty() ? "" : ", got «" + source + "»"));
    }
    return source;
  }

  private Auth auth(String name) {
    var path = RelayKeys.OPEN.path().replace("*", name);
    if (!file.isSection(path)) {
      if (file.has(path)) {
        file.value(RelayKeys.OPEN, name); // says what is wrong, or «none»
      } else {
        file.wrong(path, "wanted " + RelayKeys.OPEN.wish());
      }
      return Auth.NONE;
    }
    var header = file.value(RelayKeys.AUTH_HEADER, name);
    var values = file.value(RelayKeys.AUTH_HEADER_VALUE, name);
    if (header.isEmpty() != values.isEmpty()) {
      file.wrong(path + ".header", "wanted both name and value");
    }
    var basic = file.value(RelayKeys.AUTH_BASIC, name);
    if (basic.stream().anyMatch(user -> !user.contains(":"))) {
      file.wrong(path + ".basic", "wanted user:password");
    }
    var token = file.value(RelayKeys.AUTH_PATH, name);
    if (token.stream().anyMatch(part -> !part.matches("[A-Za-z0-9_-]+"))) {
      file.wrong(path + ".path", "wanted tokens of letters, digits, - and _ alone");
    }
    var auth =
        new Auth(
            token,
            file.value(RelayKeys.AUTH_BEARER, name),
            basic,
            header.toLowerCase(Locale.ROOT),
            values,
            file.value(RelayKeys.AUTH_SECRET, name));
    if (auth.equals(Auth.NONE) && file.below(path).isEmpty()) {
      file.wrong(path, "wanted " + RelayKeys.OPEN.wish());
    }
    return auth;
  }

  private List<String> to(String name) {
    var path = RelayKeys.DESTINATIONS.path().replace("*", name);
    if (!file.has(path)) {
      file.wrong(path, "wanted " + RelayKeys.DESTINATIONS.wish());
    }
    var names = file.value(RelayKeys.DESTINATIONS, name);
    var there = file.below(DESTINATIONS);
    for (var wanted : names) {
      if (!there.contains(wanted)) {
        file.wrong(path, "there is no destination «" + wanted + "»; wanted some of " + all());
      }
    }
    return names.stream().distinct().toList();
  }

  /// What only the route's own parts can judge: its condition, its template, its patterns.
  private void judge(RouteSettings route, RelaySettings settings) {
    for (var complaint : Routes.complaints(route, settings)) {
      file.wrong(ROUTES + "." + route.name() + "." + complaint.getKey(), complaint.getValue());
    }
  }
}
