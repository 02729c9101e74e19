package campana.server.draw;

import java.util.Locale;
import java.util.Map;

/// What a message says about its subject, as far as a reader's eye needs to know; it colours and
/// decides nothing.
public enum MessageState {
  FIRING,
  WARNING,
  RESOLVED,
  INFO,
  NONE;

  private static final Map<String, MessageState> SIGNS =
      Map.ofEntries(
          Map.entry("🔴", FIRING),
          Map.entry("🔥", FIRING),
          Map.entry("🚨", FIRING),
          Map.entry("❌", FIRING),
          Map.entry("⛔", FIRING),
          Map.entry("🟠", WARNING),
          Map.entry("🟡", WARNING),
          Map.entry("⚠", WARNING),
          Map.entry("✅", RESOLVED),
          Map.entry("🟢", RESOLVED),
          Map.entry("ℹ", INFO),
          Map.entry("🔵", INFO));
  private static final Map<String, MessageState> WORDS =
      Map.ofEntries(
          Map.entry("FIRING", FIRING),
          Map.entry("ALERTING", FIRING),
          Map.entry("CRITICAL", FIRING),
          Map.entry("PROBLEM", FIRING),
          Map.entry("DOWN", FIRING),
          Map.entry("Down", FIRING),
          Map.entry("WARNING", WARNING),
          Map.entry("RESOLVED", RESOLVED),
          Map.entry("Resolved", RESOLVED),
          Map.entry("RECOVERY", RESOLVED),
          Map.entry("UP", RESOLVED),
          Map.entry("Up", RESOLVED),
          Map.entry("INFO", INFO));

  /// By the relay's own card id, as `campana-firing-critical`; empty text and all others: none.
  static MessageState ofCardId(String cardId) {
    var id = cardId.toLowerCase(Locale.ROOT);
    if (!id.startsWith("campana-")) {
      return NONE;
    }
    if (id.startsWith("campana-resolved")) {
      return RESOLVED;
    }
    if (id.endsWith("-warning")) {
      return WARNING;
    }
    if (id.endsWith("-info")) {
      return INFO;
    }
    return id.startsWith("campana-firing") ? FIRING : NONE;
  }

  /// By how a line begins: a sign, or a word as machines write it, perhaps in brackets.
  static MessageState ofLine(String line) {
    int start = 0;
    while (start < line.length() && " *_[(".indexOf(line.charAt(start)) >= 0) {
      start++;
    }
    var rest = line.substring(start);
    for (var sign : SIGNS.entrySet()) {
      if (rest.startsWith(sign.getKey())) {
        return sign.getValue();
      }
    }
    int end = 0;
    while (end < rest.length() && Character.isLetter(rest.charAt(end))) {
      end++;
    }
    return WORDS.getOrDefault(rest.substring(0, end), NONE);
  }
}
