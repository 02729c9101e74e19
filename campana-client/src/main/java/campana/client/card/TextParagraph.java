package campana.client.card;

import java.util.Map;

/** A paragraph of text. Immutable. */
public final class TextParagraph extends SlideWidget {
  private TextParagraph(Map<String, Object> members) {
    super(members);
  }

  /**
   * A paragraph of plain words.
   *
   * @param words not empty; line breaks stay
   */
  public static TextParagraph of(String words) {
    return of(CardText.of(words));
  }

  /**
   * A paragraph of formatted words.
   *
   * @param text not empty
   */
  public static TextParagraph of(CardText text) {
    return new TextParagraph(members("text", text.html()));
  }

  /**
   * A paragraph in Markdown: {@code **bold**}, lists, {@code [words](address)}.
   *
   * @param markdown not empty; foreign words in it may format and link
   */
  public static TextParagraph markdown(String markdown) {
    return new TextParagraph(members("text", markdown, "textSyntax", "MARKDOWN"));
  }

  /**
   * Shows so many lines, and the rest when the reader asks.
   *
   * @param lines 1 or more; 0 shows all, as if nothing were said
   */
  public TextParagraph maxLines(int lines) {
    return new TextParagraph(with("maxLines", lines));
  }

  @Override
  String kind() {
    return "textParagraph";
  }

  @Override
  void check(Check check) {
    check.need(!string("text").isEmpty(), "text", "a text paragraph needs a text.");
    check.need(number("maxLines") >= 0, "maxLines", "lines are counted from 0, which means all.");
  }
}
