package campana.form;

import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Finds the links of cards that lead nowhere. Google answers 200 to them and shows a blank card,
/// which is how many an alert was lost; here the card stays and the link goes (docs/protocol.md,
/// «Cards»).
final class Links {
  private Links() {}

  /// Takes every `openLink` that no browser can follow out of a bound card.
  ///
  /// @param dead receives their addresses
  static void dropDead(JsonNode node, List<String> dead) {
    if (node instanceof ObjectNode object && object.get("onClick") instanceof ObjectNode onClick) {
      var link = onClick.get("openLink");
      var url = link == null ? "" : link.path("url").asString("");
      if (link != null && !leadsSomewhere(url)) {
        onClick.remove("openLink");
        if (onClick.isEmpty()) {
          object.remove("onClick");
        }
        dead.add(url);
      }
    }
    for (var child : node.values()) {
      if (child.isContainer()) {
        dropDead(child, dead);
      }
    }
  }

  /// Whether an address is absolute and of a kind that a page may link to.
  static boolean leadsSomewhere(String url) {
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) < ' ') {
        return false;
      }
    }
    int colon = url.indexOf(':');
    if (colon < 0) {
      return false;
    }
    var rest = url.substring(colon + 1);
    return switch (url.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "http", "https" -> rest.startsWith("//") && rest.length() > 2 && rest.charAt(2) != '/';
      case "mailto" -> !rest.isEmpty();
      default -> false;
    };
  }
}
