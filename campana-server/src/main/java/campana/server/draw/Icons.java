package campana.server.draw;

import static campana.server.draw.Pen.string;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Icons as line drawings of our own, in the page itself; `icons.properties` has their paths. A
/// material icon that we have no drawing of is a neutral ring, an unknown known icon nothing.
final class Icons {
  private static final Map<String, String> PATHS = read();

  private Icons() {}

  private static Map<String, String> read() {
    var read = new Properties();
    try (var in =
        new InputStreamReader(
            Icons.class.getResourceAsStream("icons.properties"), StandardCharsets.UTF_8)) {
      read.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("icons.properties in the jar", e);
    }
    return read.stringPropertyNames().stream()
        .collect(
            Collectors.toUnmodifiableMap(
                name -> name,
                name -> {
                  var path = read.getProperty(name);
                  return path.startsWith("=") ? read.getProperty(path.substring(1)) : path;
                }));
  }

  /// Draws an icon as a card names it.
  ///
  /// @return whether anything was drawn
  static boolean draw(JsonNode icon, Pen pen) {
    var alt = string(icon, "altText");
    var url = string(icon, "iconUrl");
    if (!url.isBlank()) {
      boolean circle = string(icon, "imageType").equals("CIRCLE");
      Pictures.small(url, "mark", circle, alt, "", pen);
      return true;
    }
    var material = string(icon.path("materialIcon"), "name");
    var path =
        material.isBlank()
            ? path(string(icon, "knownIcon"))
            : path(material).or(() -> path("ring"));
    path.ifPresent(drawn -> svg(drawn, alt, pen.ink()));
    return path.isPresent();
  }

  /// Draws one that is known to be in the file, as an ornament.
  static void material(String name, Ink ink) {
    path(name).ifPresent(path -> svg(path, "", ink));
  }

  private static Optional<String> path(String name) {
    return Optional.ofNullable(PATHS.get(name));
  }

  private static void svg(String path, String alt, Ink ink) {
    ink.open(Tag.SVG, "icon").with(Attribute.VIEW_BOX, "0 0 24 24");
    if (alt.isBlank()) {
      ink.with(Attribute.ARIA_HIDDEN, "true");
    } else {
      ink.with(Attribute.ROLE, "img").with(Attribute.ARIA_LABEL, alt);
    }
    ink.open(Tag.PATH).with(Attribute.D, path).close().close();
  }
}
