package campana.relay.route;

/// Writes JSON piece by piece, without a tree of it. Which pieces may follow one another is for its
/// caller to know.
final class Json {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private final StringBuilder out = new StringBuilder(1_024);
  private boolean follows; // something that a comma has to part from what comes

  Json open(char bracket) {
    part();
    out.append(bracket);
    follows = false;
    return this;
  }

  Json close(char bracket) {
    out.append(bracket);
    follows = true;
    return this;
  }

  /// @param name one of ours: nothing in it needs an escape
  Json name(String name) {
    part();
    out.append('"').append(name).append("\":");
    follows = false;
    return this;
  }

  Json text(String words) {
    part();
    out.append('"');
    int from = 0;
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (c < ' ' || c == '"' || c == '\\') {
        out.append(words, from, i);
        escape(c);
        from = i + 1;
      }
    }
    out.append(words, from, words.length()).append('"');
    follows = true;
    return this;
  }

  /// A truth value, a number, or what was written before.
  Json raw(String json) {
    part();
    out.append(json);
    follows = true;
    return this;
  }

  private void part() {
    if (follows) {
      out.append(',');
    }
  }

  private void escape(char c) {
    out.append('\\');
    switch (c) {
      case '\b' -> out.append('b');
      case '\t' -> out.append('t');
      case '\n' -> out.append('n');
      case '\f' -> out.append('f');
      case '\r' -> out.append('r');
      case '"', '\\' -> out.append(c);
      default -> out.append("u00").append(HEX[c >> 4]).append(HEX[c & 15]);
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
