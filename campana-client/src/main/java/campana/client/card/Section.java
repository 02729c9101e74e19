package campana.client.card;

import java.util.List;
import java.util.Map;

/**
 * A part of a card with widgets one below the other. Immutable; each method gives a new section
 * back.
 *
 * <p>Words given as strings are plain; formatted ones come as {@link CardText}.
 */
public final class Section extends Part {
  private Section(Map<String, Object> members) {
    super(members);
  }

  /** A section without anything yet; it needs at least one widget. */
  public static Section empty() {
    return new Section(none());
  }

  /** A section with a plain header. */
  public static Section titled(String header) {
    return empty().header(CardText.of(header));
  }

  /** The words above its widgets. */
  public Section header(CardText text) {
    return new Section(with("header", text.html()));
  }

  /** Adds a widget at the bottom. */
  public Section add(Widget widget) {
    return new Section(plus("widgets", widget.wrapped()));
  }

  /** Adds a widget at the bottom and says where it stands between left and right. */
  public Section add(Widget widget, HorizontalAlignment alignment) {
    return new Section(
        plus("widgets", new Plain(widget.wrapped().with("horizontalAlignment", alignment))));
  }

  /** Adds a paragraph of plain words, not empty; line breaks stay. */
  public Section text(String words) {
    return add(TextParagraph.of(words));
  }

  /** Adds a paragraph of formatted words, not empty. */
  public Section text(CardText text) {
    return add(TextParagraph.of(text));
  }

  /** Adds a paragraph in Markdown, not empty; foreign words in it may format and link. */
  public Section markdown(String markdown) {
    return add(TextParagraph.markdown(markdown));
  }

  /**
   * Adds a value with its label above, as {@code fact("Host", "web-1")}; both plain.
   *
   * @param value not empty; long ones wrap
   */
  public Section fact(String label, String value) {
    return add(DecoratedText.of(value).topLabel(label).wrapText());
  }

  /** Adds a value with its label above and an icon before both. */
  public Section fact(Icon icon, String label, String value) {
    return add(DecoratedText.of(value).topLabel(label).wrapText().startIcon(icon));
  }

  /**
   * Adds an image across the card.
   *
   * @param url of https (Google takes no other) or http; PNG or JPEG
   * @param altText what the image shows, for those who do not see it
   */
  public Section image(String url, String altText) {
    return add(Image.of(url).altText(altText));
  }

  /**
   * Adds a button that opens an address. Buttons added one after the other stand in one row.
   *
   * @param text plain, not empty
   * @param url absolute, of http, https or mailto; spaces in it are encoded
   */
  public Section button(String text, String url) {
    return button(Button.of(text, url));
  }

  /** Adds a button. Buttons added one after the other stand in one row. */
  public Section button(Button button) {
    List<Part> widgets = list("widgets");
    if (!widgets.isEmpty()) {
      Part last = widgets.get(widgets.size() - 1);
      if (last.has("buttonList") && last.part("buttonList") instanceof ButtonList) {
        ButtonList row = (ButtonList) last.part("buttonList");
        return new Section(last("widgets", new Plain(last.with("buttonList", row.add(button)))));
      }
    }
    return add(ButtonList.of(button));
  }

  /** Adds a line across the card. */
  public Section divider() {
    return add(Divider.line());
  }

  /** Adds two columns. */
  public Section columns(Column left, Column right) {
    return add(Columns.of(left, right));
  }

  /**
   * Folds the section: the first widgets are shown, the rest when the reader asks.
   *
   * @param shown how many widgets are always shown, 0 or more; the wire's {@code
   *     uncollapsibleWidgetsCount}
   */
  public Section collapsible(int shown) {
    return new Section(
        new Plain(with("collapsible", true)).with("uncollapsibleWidgetsCount", shown));
  }

  /**
   * The words of the controls that unfold and fold a collapsible section, instead of Chat's own.
   *
   * @param more plain, not empty
   * @param less plain, not empty
   */
  public Section collapseLabels(String more, String less) {
    return new Section(with("collapseControl", new CollapseControl(label(more), label(less))));
  }

  private static Part label(String text) {
    return new Plain(members("text", text, "type", "BORDERLESS"));
  }

  /** How many widgets it has; those inside columns and slides do not count. */
  int size() {
    return list("widgets").size();
  }

  @Override
  void check(Check check) {
    check.need(size() > 0, "widgets", "a section needs at least one widget.");
    check.need(
        number("uncollapsibleWidgetsCount") >= 0,
        "uncollapsibleWidgetsCount",
        "widgets are counted from 0, not from " + number("uncollapsibleWidgetsCount") + ".");
    check.need(
        !has("collapseControl") || has("collapsible"),
        "collapseControl",
        "only a collapsible section has controls to unfold it.");
    super.check(check);
  }

  private static final class CollapseControl extends Part {
    CollapseControl(Part more, Part less) {
      super(members("expandButton", more, "collapseButton", less));
    }

    @Override
    void check(Check check) {
      for (String name : List.of("expandButton", "collapseButton")) {
        check.need(!part(name).string("text").isEmpty(), name + ".text", "it needs a text.");
      }
    }
  }
}
