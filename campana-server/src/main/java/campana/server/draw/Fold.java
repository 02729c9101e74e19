package campana.server.draw;

/// Folds what is long, without script: a closed `details` whose next sibling the stylesheet clips
/// or hides. So the text stands in the page once, and in one piece for copying and searching.
final class Fold {
  /// As many lines of a text show.
  static final int LINES = 12;

  private Fold() {}

  /// How many lines a text takes at about so many characters a line.
  static int count(String text, int width) {
    int lines = 0;
    int from = 0;
    while (from <= text.length()) {
      int end = text.indexOf('\n', from);
      end = end < 0 ? text.length() : end;
      lines += Math.max(1, (end - from + width - 1) / width);
      from = end + 1;
    }
    return lines;
  }

  /// Folds the element written next to its first `shown` of `lines` lines, if it has more.
  ///
  /// @param shown 1 to [#LINES]: the stylesheet has a class for each
  static void lines(int lines, int shown, DrawingWords words, Ink ink) {
    if (lines > shown) {
      ink.open(Tag.DETAILS, "fold clip clip-" + shown);
      summary(words.showAll().apply(lines), words.showLess(), ink);
      ink.close();
    }
  }

  /// Hides the element written next until it is asked for.
  static void hide(String more, String less, Ink ink) {
    ink.open(Tag.DETAILS, "fold hide");
    summary(more, less, ink);
    ink.close();
  }

  private static void summary(String more, String less, Ink ink) {
    ink.open(Tag.SUMMARY)
        .element(Tag.SPAN, "when-closed", more)
        .element(Tag.SPAN, "when-open", less)
        .close();
  }
}
