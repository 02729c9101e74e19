package campana.server.draw;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What an `onClick` comes to where nobody receives events.
sealed interface Click {
  record Open(SafeLink link) implements Click {}

  record Menu(List<JsonNode> items) implements Click {}

  /// An action, an add-on's thing, or an address that is no link: it is shown, but does nothing.
  record Dead() implements Click {}

  static Click of(JsonNode onClick) {
    var menu = onClick.path("overflowMenu").path("items");
    if (!menu.isEmpty()) {
      return new Menu(List.copyOf(menu.values()));
    }
    return SafeLink.of(onClick.path("openLink").path("url").asString(""))
        .<Click>map(Open::new)
        .orElseGet(Dead::new);
  }

  /// The link of a thing that is clicked as a whole; empty for none and for all else.
  static Optional<SafeLink> link(JsonNode thing) {
    return of(thing.path("onClick")) instanceof Open(var link)
        ? Optional.of(link)
        : Optional.empty();
  }
}
