package campana.relay;

import campana.relay.route.Condition;
import campana.relay.route.Mentions;
import campana.relay.route.Route;
import campana.relay.route.Router;
import campana.relay.route.Template;
import campana.relay.route.ThreadMode;
import campana.relay.source.Patterns;
import campana.relay.source.Source;
import campana.relay.source.Sources;
import campana.relay.source.json.Mapping;
import campana.relay.source.json.Mapping.Field;
import campana.relay.web.Gate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// Makes of a route's plain values what works by them.
public final class Routes {
  private static final List<String> MAPPED =
      List.of("id", "subject", "title", "body", "severity", "state", "link", "time");
  private static final List<String> SEARCHED = List.of("subject", "firing", "resolved");

  private Routes() {}

  /// All that is wrong with a route, by its key; none where it works. A source or a destination
  /// that there is not is for whoever read its name to tell.
  public static List<Map.Entry<String, String>> complaints(
      RouteSettings route, RelaySettings settings) {
    var found = new LinkedHashSet<Map.Entry<String, String>>(); // two parts may say the same
    var known = Sources.NAMES.contains(route.source());
    if (known) {
      attempt(found, () -> demandSigns(route));
      MAPPED.forEach(name -> attempt(found, () -> field(route, name)));
      SEARCHED.forEach(name -> attempt(found, () -> pattern(route, name)));
      attempt(found, () -> source(route, Optional.empty(), Patterns.NONE));
      attempt(found, () -> source(route));
    }
    attempt(found, () -> keyed("when", () -> Condition.of(route.when())));
    attempt(found, () -> keyed("title", () -> template(route.title(), Template::ofTitle)));
    attempt(found, () -> keyed("text", () -> template(route.text(), Template::ofText)));
    attempt(found, () -> Mentions.of(route.mention()));
    if (found.isEmpty() && known && settings.destinations().keySet().containsAll(route.to())) {
      attempt(found, () -> new Router(settings.destinations()).demandKnown(route(route)));
    }
    return List.copyOf(found);
  }

  private static void demandSigns(RouteSettings route) {
    if (!route.auth().secret().isEmpty()
        && !Sources.named(route.source(), Sources.Options.NONE).signs()) {
      throw new IllegalArgumentException(
          "auth.secret: source '"
              + route.source()
              + "' does not sign; wanted path, bearer, basic or header");
    }
  }

  private static void attempt(Set<Map.Entry<String, String>> found, Runnable part) {
    try {
      part.run();
    } catch (IllegalArgumentException e) {
      found.add(complaint(e));
    }
  }

  private static <T> T keyed(String key, Supplier<T> part) {
    try {
      return part.get();
    } catch (IllegalArgumentException e) {
      var text = String.valueOf(e.getMessage());
      throw new IllegalArgumentException(text.startsWith(key + ": ") ? text : key + ": " + text, e);
    }
  }

  private static Optional<Template> template(String text, Function<String, Template> made) {
    return text.isEmpty() ? Optional.empty() : Optional.of(made.apply(text));
  }

  /// @throws IllegalArgumentException that begins with the key, and says the wish
  public static Route route(RouteSettings route) {
    return new Route(
        route.name(),
        source(route),
        route.to(),
        keyed("when", () -> Condition.of(route.when())),
        ThreadMode.of(route.thread()),
        Mentions.of(route.mention()),
        keyed("title", () -> template(route.title(), Template::ofTitle)),
        keyed("text", () -> template(route.text(), Template::ofText)),
        route.card().orElse(route.text().isEmpty()),
        route.dedup(),
        route.strayResolved(),
        route.grace(),
        route.idle());
  }

  /// The doors of all routes, by name.
  ///
  /// @throws IllegalArgumentException as [#route]
  public static Map<String, Gate> gates(RelaySettings settings, InstantSource clock) {
    var router = new Router(settings.destinations());
    var gates = new HashMap<String, Gate>();
    settings
        .routes()
        .values()
        .forEach(plain -> {
          var route = route(plain);
          router.demandKnown(route);
          gates.put(
              plain.name(),
              new Gate(
                  plain.name(),
                  route.source(),
                  plain.auth(),
                  plain.maxBody(),
                  trigger -> router.plan(route, trigger, Instant.ofEpochMilli(clock.millis()))));
        });
    return Map.copyOf(gates);
  }

  // Its text begins with the key.
  private static Map.Entry<String, String> complaint(IllegalArgumentException e) {
    var text = String.valueOf(e.getMessage());
    int colon = text.indexOf(": ");
    return colon > 0 && text.substring(0, colon).matches("[a-z.-]+")
        ? Map.entry(text.substring(0, colon), text.substring(colon + 2))
        : Map.entry("source", text);
  }

  /// @throws IllegalArgumentException that begins with the key, and says the wish
  static Source source(RouteSettings route) {
    return source(
        route,
        mapping(route),
        new Patterns(
            pattern(route, "subject"), pattern(route, "firing"), pattern(route, "resolved")));
  }

  private static Source source(RouteSettings route, Optional<Mapping> mapping, Patterns patterns) {
    return Sources.named(
        route.source(),
        new Sources.Options(
            route.read("subject"), mapping, patterns, route.read("mentions").equals("true")));
  }

  private static Optional<Pattern> pattern(RouteSettings route, String name) {
    var key = "patterns." + name;
    var text = route.read(key);
    try {
      return text.isEmpty() ? Optional.empty() : Optional.of(Patterns.compile(text));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private static Optional<Mapping> mapping(RouteSettings route) {
    if (route.reading().keySet().stream().noneMatch(key -> key.startsWith("map."))) {
      return Optional.empty();
    }
    return Optional.of(
        new Mapping(
            field(route, "id"),
            field(route, "subject"),
            field(route, "title"),
            field(route, "body"),
            new Mapping.Level(
                field(route, "severity"),
                values(route, "map.severity.critical"),
                values(route, "map.severity.warning")),
            new Mapping.Standing(
                field(route, "state"),
                values(route, "map.state.firing"),
                values(route, "map.state.resolved")),
            field(route, "link"),
            field(route, "time")));
  }

  private static List<String> values(RouteSettings route, String key) {
    return route.reading().getOrDefault(key, List.of());
  }

  private static Field field(RouteSettings route, String name) {
    var key = "map." + name;
    var pointer = route.read(key);
    try {
      return new Field(
          pointer.isEmpty() ? route.read(key + ".pointer") : pointer, route.read(key + ".default"));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }
}
