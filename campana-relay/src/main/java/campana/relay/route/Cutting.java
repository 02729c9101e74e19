package campana.relay.route;

/// Cuts Chat markup to a budget: at the end of a line where one is near, never within a link, with
/// an open block of code closed, and with how much was cut.
final class Cutting {
  private static final String FENCE = "```";

  /// Room for the note, and for the fence.
  private static final int NOTE = 60;

  private Cutting() {}

  static String cut(String markup, int budget, Words words) {
    if (markup.length() <= budget) {
      return markup;
    }
    int end = Math.max(1, budget - NOTE);
    int line = markup.lastIndexOf('\n', end);
    if (line > end / 2) {
      end = line;
    } else {
      int open = markup.lastIndexOf('<', end - 1);
      if (open > 0 && markup.indexOf('>', open) >= end) {
        end = open;
      }
      if (Character.isHighSurrogate(markup.charAt(end - 1))) {
        end--;
      }
    }
    var kept = markup.substring(0, end).stripTrailing();
    var closed = isOpen(kept) ? kept + "\n" + FENCE : kept;
    return closed + "\n" + words.cut(markup.length() - end);
  }

  private static boolean isOpen(String markup) {
    int fences = 0;
    for (int at = markup.indexOf(FENCE); at >= 0; at = markup.indexOf(FENCE, at + FENCE.length())) {
      fences++;
    }
    return fences % 2 == 1;
  }
}
