package campana.client.card;

import java.util.Map;

/** Images with titles, in a grid. Immutable. */
public final class Grid extends Widget {
  private Grid(Map<String, Object> members) {
    super(members);
  }

  /**
   * A grid; {@link #item(GridItem)} fills it.
   *
   * @param columns 1 or more; a narrow screen shows fewer
   */
  public static Grid of(int columns) {
    return new Grid(members("columnCount", columns));
  }

  /** The plain words above the grid. */
  public Grid title(String words) {
    return new Grid(with("title", words));
  }

  /** Adds an item. */
  public Grid item(GridItem item) {
    return new Grid(plus("items", item));
  }

  /** Adds an item with a title alone, plain. */
  public Grid item(String title) {
    return item(GridItem.of(title));
  }

  /** Draws a line around each item. */
  public Grid bordered() {
    return new Grid(with("borderStyle", new Plain(members("type", "STROKE"))));
  }

  /**
   * Draws a coloured line around each item.
   *
   * @param hex {@code #rrggbb}
   * @param cornerRadius of the line's corners, in pixels, 0 or more
   * @throws IllegalArgumentException if the colour is not of that form
   */
  public Grid bordered(String hex, int cornerRadius) {
    return new Grid(with("borderStyle", GridItem.stroke(hex, cornerRadius)));
  }

  /**
   * Opens an address when any item is clicked: a grid has one for all.
   *
   * @param url absolute, of http, https or mailto; spaces in it are encoded
   */
  public Grid open(String url) {
    return new Grid(with("onClick", Click.open(url)));
  }

  @Override
  String kind() {
    return "grid";
  }

  @Override
  void check(Check check) {
    check.need(number("columnCount") >= 1, "columnCount", "a grid has at least one column.");
    check.need(!list("items").isEmpty(), "items", "a grid needs an item.");
    super.check(check);
  }
}
