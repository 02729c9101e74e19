package campana.relay.source;

/// A longer text, and how to read it.
///
/// @param text with line feeds alone as line ends
public record Prose(String text, Form form) {
  public static final Prose NONE = new Prose("", Form.PLAIN);

  /// How to read it.
  public enum Form {
    /// Foreign words: nothing in them is markup.
    PLAIN,
    /// Chat markup in which the source has made everything harmless already.
    MARKUP,
    /// To be shown as it is, in a fixed width.
    CODE
  }

  public static Prose plain(String text) {
    return new Prose(text, Form.PLAIN);
  }

  public static Prose markup(String text) {
    return new Prose(text, Form.MARKUP);
  }

  public static Prose code(String text) {
    return new Prose(text, Form.CODE);
  }

  public boolean isEmpty() {
    return Plain.isBlank(text);
  }
}
