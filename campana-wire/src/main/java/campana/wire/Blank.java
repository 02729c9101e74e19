package campana.wire;

/**
 * Text that shows nothing to a reader: white space of all scripts, characters without width, marks
 * that only steer how others look. A message of such text alone is empty (docs/protocol.md,
 * «Body»).
 */
public final class Blank {
  // Unicode calls these letters, marks or symbols, yet they are drawn as nothing.
  private static final String UNSEEN_LETTERS =
      "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0";

  private Blank() {}

  /** Whether nothing of a text is seen; so it is when there is no text. */
  public static boolean is(String text) {
    return text.codePoints().allMatch(Blank::unseen);
  }

  private static boolean unseen(int c) {
    if (c > ' ' && c < 0x7f) {
      return false;
    }
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c) // no-break ones, too
        || Character.isISOControl(c)
        || (Character.getType(c) == Character.FORMAT && !shown(c))
        || (c >= 0xfe00 && c <= 0xfe0f) // variation selectors
        || (c >= 0xe0100 && c <= 0xe01ef)
        || UNSEEN_LETTERS.indexOf(c) >= 0;
  }

  // The few format characters that have a shape of their own: signs around Arabic, Syriac and
  // Kaithi
  // numbers.
  private static boolean shown(int c) {
    return (c >= 0x600 && c <= 0x605)
        || c == 0x6dd
        || c == 0x70f
        || c == 0x890
        || c == 0x891
        || c == 0x8e2
        || c == 0x110bd
        || c == 0x110cd;
  }
}
