package campana.client.card;

import java.util.Map;

/** One of two {@link Columns}. Immutable. */
public final class Column extends Part {
  private Column(Map<String, Object> members) {
    super(members);
  }

  /** Widgets in their order, from the top; {@link #add} adds more. */
  public static Column of(ColumnWidget... widgets) {
    Column column = new Column(none());
    for (ColumnWidget widget : widgets) {
      column = column.add(widget);
    }
    return column;
  }

  /** A column with one paragraph of plain words. */
  public static Column of(String words) {
    return of(TextParagraph.of(words));
  }

  /** Adds a widget at the bottom. */
  public Column add(ColumnWidget widget) {
    return new Column(plus("widgets", widget.wrapped()));
  }

  /** Makes it as narrow as what stands in it, at most 30 percent of the card. */
  public Column narrow() {
    return new Column(with("horizontalSizeStyle", "FILL_MINIMUM_SPACE"));
  }

  /** Where its widgets stand between left and right. */
  public Column align(HorizontalAlignment alignment) {
    return new Column(with("horizontalAlignment", alignment));
  }

  /** Where its widgets stand between top and bottom, beside a higher column. */
  public Column align(VerticalAlignment alignment) {
    return new Column(with("verticalAlignment", alignment));
  }

  @Override
  void check(Check check) {
    check.need(!list("widgets").isEmpty(), "widgets", "a column needs a widget.");
    super.check(check);
  }
}
