package campana.server.draw;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The colours that a sender's colours become. Each is a class of the stylesheet with a value for
/// light and one for dark pages, so that no colour hides a text.
enum Palette {
  RED,
  ORANGE,
  YELLOW,
  GREEN,
  TEAL,
  BLUE,
  PURPLE,
  PINK,
  GREY;

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("red", "#ff0000"),
          Map.entry("maroon", "#800000"),
          Map.entry("orange", "#ffa500"),
          Map.entry("yellow", "#ffff00"),
          Map.entry("olive", "#808000"),
          Map.entry("green", "#008000"),
          Map.entry("lime", "#00ff00"),
          Map.entry("teal", "#008080"),
          Map.entry("aqua", "#00ffff"),
          Map.entry("cyan", "#00ffff"),
          Map.entry("blue", "#0000ff"),
          Map.entry("navy", "#000080"),
          Map.entry("purple", "#800080"),
          Map.entry("fuchsia", "#ff00ff"),
          Map.entry("pink", "#ffc0cb"),
          Map.entry("gray", "#808080"),
          Map.entry("grey", "#808080"),
          Map.entry("silver", "#c0c0c0"));

  /// @param colour `#rrggbb`, `#rgb` or a name that browsers know
  /// @return empty for black, white and what is no colour: such text has the page's own
  static Optional<Palette> of(String colour) {
    var hex = NAMES.getOrDefault(colour.strip().toLowerCase(Locale.ROOT), colour.strip());
    if (hex.matches("#[0-9a-fA-F]{3}")) {
      hex = hex.replaceAll("[0-9a-fA-F]", "$0$0");
    }
    if (!hex.matches("#[0-9a-fA-F]{6}")) {
      return Optional.empty();
    }
    int rgb = Integer.parseInt(hex.substring(1), 16);
    return of(((rgb >> 16) & 255) / 255.0, ((rgb >> 8) & 255) / 255.0, (rgb & 255) / 255.0);
  }

  /// The nearest by hue; parts from 0 to 1.
  static Optional<Palette> of(double red, double green, double blue) {
    double most = Math.max(red, Math.max(green, blue));
    double least = Math.min(red, Math.min(green, blue));
    double spread = most - least;
    if (spread < 0.1) {
      return most < 0.15 || least > 0.9 ? Optional.empty() : Optional.of(GREY);
    }
    double sixth =
        most == red
            ? (green - blue) / spread
            : most == green ? 2 + (blue - red) / spread : 4 + (red - green) / spread;
    double hue = (sixth * 60 + 360) % 360;
    return Optional.of(
        hue < 18 || hue >= 345
            ? RED
            : hue < 42
                ? ORANGE
                : hue < 70
                    ? YELLOW
                    : hue < 160
                        ? GREEN
                        : hue < 195 ? TEAL : hue < 255 ? BLUE : hue < 300 ? PURPLE : PINK);
  }

  private final String name;

  Palette() {
    this.name = name().toLowerCase(Locale.ROOT);
  }

  /// The class of text in this colour.
  String ink() {
    return "ink-" + name;
  }

  /// The class of an area in this colour.
  String paint() {
    return "paint-" + name;
  }
}
