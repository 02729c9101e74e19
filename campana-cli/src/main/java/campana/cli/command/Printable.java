package campana.cli.command;

/// Text of other people made fit for a terminal: no escape sequence, no line break, nothing that
/// turns the writing direction.
final class Printable {
  private Printable() {}

  static String line(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints().forEach(c -> clean.appendCodePoint(harmless(c) ? c : ' '));
    return clean.toString();
  }

  private static boolean harmless(int c) {
    var turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return c == '\t' || !(Character.isISOControl(c) || turns || c == 0x2028 || c == 0x2029);
  }
}
