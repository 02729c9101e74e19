package campana.client.card;

import java.util.Map;

/**
 * A line of text with what stands around it: a label above, a small line below, an icon before, a
 * button or an icon after. Immutable.
 */
public final class DecoratedText extends ColumnWidget {
  private DecoratedText(Map<String, Object> members) {
    super(members);
  }

  /**
   * A line of plain words.
   *
   * @param words not empty
   */
  public static DecoratedText of(String words) {
    return of(CardText.of(words));
  }

  /**
   * A line of formatted words.
   *
   * @param text not empty
   */
  public static DecoratedText of(CardText text) {
    return new DecoratedText(members("text", text.html()));
  }

  /** The small words above, plain; cut at the end of the line. */
  public DecoratedText topLabel(String words) {
    return topLabel(CardText.of(words));
  }

  /** The small words above. */
  public DecoratedText topLabel(CardText text) {
    return new DecoratedText(with("topLabel", text.html()));
  }

  /** The small words below, plain. */
  public DecoratedText bottomLabel(String words) {
    return bottomLabel(CardText.of(words));
  }

  /** The small words below. */
  public DecoratedText bottomLabel(CardText text) {
    return new DecoratedText(with("bottomLabel", text.html()));
  }

  /** The icon before the text. */
  public DecoratedText startIcon(Icon icon) {
    return new DecoratedText(with("startIcon", icon));
  }

  /** Where the icon before the text stands when the text has several lines. */
  public DecoratedText startIconAlignment(VerticalAlignment alignment) {
    return new DecoratedText(
        with(
            "startIconVerticalAlignment",
            alignment == VerticalAlignment.CENTER ? "MIDDLE" : alignment));
  }

  /** Lets the text go on in further lines, where it would be cut at the end of the first. */
  public DecoratedText wrapText() {
    return new DecoratedText(with("wrapText", true));
  }

  /**
   * Opens an address when the line is clicked.
   *
   * @param url absolute, of http, https or mailto; spaces in it are encoded
   */
  public DecoratedText open(String url) {
    return new DecoratedText(with("onClick", Click.open(url)));
  }

  /** The button after the text; there is either a button or an icon. */
  public DecoratedText button(Button button) {
    return new DecoratedText(with("button", button));
  }

  /** The icon after the text; there is either a button or an icon. */
  public DecoratedText endIcon(Icon icon) {
    return new DecoratedText(with("endIcon", icon));
  }

  @Override
  String kind() {
    return "decoratedText";
  }

  @Override
  void check(Check check) {
    check.need(!string("text").isEmpty(), "text", "a decorated text needs a text.");
    check.need(
        !(has("button") && has("endIcon")),
        "",
        "after the text stands a button or an icon (end_icon), not both.");
    super.check(check);
  }
}
