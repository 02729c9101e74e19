package campana.relay.web;

import campana.http.Percent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A post's query: decoded for us to judge, and as it was written for the far side. Immutable.
final class WireQuery {
  private static final Set<String> SECRETS = Set.of("key", "token");

  /// @param name decoded
  /// @param raw the value as it was written
  private record Parameter(String name, String value, String raw, String whole) {}

  private final List<Parameter> parameters;

  private WireQuery(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /// @param raw what stands behind the `?`, possibly empty
  static WireQuery parse(String raw) {
    var parameters = new ArrayList<Parameter>();
    for (var part : raw.split("&", -1)) {
      if (part.isEmpty()) {
        continue;
      }
      int equals = part.indexOf('=');
      var name = Percent.decode(equals < 0 ? part : part.substring(0, equals), true);
      var value = equals < 0 ? "" : part.substring(equals + 1);
      // A plus sign is a blank as in forms, but for secrets: base64 may have one.
      parameters.add(
          new Parameter(name, Percent.decode(value, !SECRETS.contains(name)), value, part));
    }
    return new WireQuery(parameters);
  }

  /// The last value of a name, decoded; empty where there is none.
  String last(String name) {
    var found = "";
    for (var parameter : parameters) {
      if (parameter.name().equals(name)) {
        found = parameter.value();
      }
    }
    return found;
  }

  /// Whether there is exactly one of this name, with a value.
  boolean once(String name) {
    var all = parameters.stream().filter(parameter -> parameter.name().equals(name)).toList();
    return all.size() == 1 && !all.getFirst().raw().isEmpty();
  }

  Map<String, List<String>> values() {
    var values = new LinkedHashMap<String, List<String>>();
    for (var parameter : parameters) {
      values.computeIfAbsent(parameter.name(), _ -> new ArrayList<>(1)).add(parameter.value());
    }
    return values;
  }

  /// The last value of each name, decoded.
  Map<String, String> lasts() {
    var lasts = new LinkedHashMap<String, String>();
    parameters.forEach(parameter -> lasts.put(parameter.name(), parameter.value()));
    return lasts;
  }

  /// Key and token byte for byte, in the order in which they came: a secret.
  String secrets() {
    return parameters.stream()
        .filter(parameter -> SECRETS.contains(parameter.name()))
        .map(parameter -> parameter.name() + "=" + parameter.raw())
        .collect(Collectors.joining("&"));
  }

  /// All but the secrets and these, as written.
  String without(Set<String> names) {
    return parameters.stream()
        .filter(p -> !SECRETS.contains(p.name()) && !names.contains(p.name()))
        .map(Parameter::whole)
        .collect(Collectors.joining("&"));
  }
}
