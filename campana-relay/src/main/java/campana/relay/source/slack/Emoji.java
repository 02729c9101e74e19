package campana.relay.source.slack;

import java.util.Map;

/// The names of emoji that machines write; people's others stay as they are.
final class Emoji {
  private static final Map<String, String> KNOWN =
      Map.ofEntries(
          Map.entry("white_check_mark", "✅"),
          Map.entry("heavy_check_mark", "✔️"),
          Map.entry("ballot_box_with_check", "☑️"),
          Map.entry("x", "❌"),
          Map.entry("heavy_multiplication_x", "✖️"),
          Map.entry("warning", "⚠️"),
          Map.entry("exclamation", "❗"),
          Map.entry("bangbang", "‼️"),
          Map.entry("question", "❓"),
          Map.entry("information_source", "ℹ️"),
          Map.entry("rotating_light", "🚨"),
          Map.entry("no_entry", "⛔"),
          Map.entry("no_entry_sign", "🚫"),
          Map.entry("octagonal_sign", "🛑"),
          Map.entry("construction", "🚧"),
          Map.entry("fire", "🔥"),
          Map.entry("boom", "💥"),
          Map.entry("zap", "⚡"),
          Map.entry("bell", "🔔"),
          Map.entry("no_bell", "🔕"),
          Map.entry("mega", "📣"),
          Map.entry("loudspeaker", "📢"),
          Map.entry("red_circle", "🔴"),
          Map.entry("large_orange_circle", "🟠"),
          Map.entry("large_yellow_circle", "🟡"),
          Map.entry("large_green_circle", "🟢"),
          Map.entry("large_blue_circle", "🔵"),
          Map.entry("white_circle", "⚪"),
          Map.entry("black_circle", "⚫"),
          Map.entry("rocket", "🚀"),
          Map.entry("tada", "🎉"),
          Map.entry("sparkles", "✨"),
          Map.entry("package", "📦"),
          Map.entry("hammer", "🔨"),
          Map.entry("wrench", "🔧"),
          Map.entry("gear", "⚙️"),
          Map.entry("lock", "🔒"),
          Map.entry("key", "🔑"),
          Map.entry("link", "🔗"),
          Map.entry("mag", "🔍"),
          Map.entry("memo", "📝"),
          Map.entry("email", "📧"),
          Map.entry("calendar", "📅"),
          Map.entry("hourglass", "⌛"),
          Map.entry("stopwatch", "⏱️"),
          Map.entry("alarm_clock", "⏰"),
          Map.entry("chart_with_upwards_trend", "📈"),
          Map.entry("chart_with_downwards_trend", "📉"),
          Map.entry("floppy_disk", "💾"),
          Map.entry("computer", "💻"),
          Map.entry("robot_face", "🤖"),
          Map.entry("bug", "🐛"),
          Map.entry("eyes", "👀"),
          Map.entry("wave", "👋"),
          Map.entry("thumbsup", "👍"),
          Map.entry("+1", "👍"),
          Map.entry("thumbsdown", "👎"),
          Map.entry("-1", "👎"),
          Map.entry("heart", "❤️"),
          Map.entry("green_heart", "💚"),
          Map.entry("broken_heart", "💔"),
          Map.entry("arrow_up", "⬆️"),
          Map.entry("arrow_down", "⬇️"),
          Map.entry("arrow_right", "➡️"),
          Map.entry("recycle", "♻️"));

  private Emoji() {}

  /// Empty where the name is not known.
  static String of(String name) {
    return KNOWN.getOrDefault(name, "");
  }
}
