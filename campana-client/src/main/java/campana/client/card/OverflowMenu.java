package campana.client.card;

import java.util.Map;

/** The menu behind a button. Immutable. */
public final class OverflowMenu extends Part {
  private OverflowMenu(Map<String, Object> members) {
    super(members);
  }

  /**
   * A menu with one item; {@link #item} adds more.
   *
   * @param text plain, not empty
   * @param url absolute, of http, https or mailto; spaces in it are encoded
   */
  public static OverflowMenu of(String text, String url) {
    return new OverflowMenu(none()).item(text, url);
  }

  /**
   * Adds an item.
   *
   * @param text plain, not empty
   * @param url absolute, of http, https or mailto; spaces in it are encoded
   */
  public OverflowMenu item(String text, String url) {
    return new OverflowMenu(
        plus("items", new Item(members("text", text, "onClick", Click.open(url)))));
  }

  /** Adds an item with an icon before its words. */
  public OverflowMenu item(Icon icon, String text, String url) {
    Item item = new Item(members("text", text, "onClick", Click.open(url)));
    return new OverflowMenu(plus("items", new Item(item.with("startIcon", icon))));
  }

  private static final class Item extends Part {
    Item(Map<String, Object> members) {
      super(members);
    }

    @Override
    void check(Check check) {
      check.need(!string("text").isEmpty(), "text", "an item of a menu needs a text.");
      super.check(check);
    }
  }
}
