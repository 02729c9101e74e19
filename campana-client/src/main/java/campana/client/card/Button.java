package campana.client.card;

import java.util.Map;

/**
 * A button that opens an address or a menu of addresses: nothing else can be clicked in a webhook's
 * message. Immutable.
 */
public final class Button extends Part {
  /** How a button looks. */
  public enum Type {
    /** With a border; what Chat takes when nothing is said. */
    OUTLINED,
    /** Filled with a strong colour. */
    FILLED,
    /** Filled with a quiet colour. */
    FILLED_TONAL,
    /** Words alone. */
    BORDERLESS
  }

  private Button(Map<String, Object> members) {
    super(members);
  }

  /**
   * A button with words on it.
   *
   * @param text plain, not empty
   * @param url absolute, of http, https or mailto; spaces in it are encoded
   */
  public static Button of(String text, String url) {
    return new Button(members("text", text, "onClick", Click.open(url)));
  }

  /**
   * A button with an icon alone.
   *
   * @param icon should have words of its own ({@link Icon#altText}), for those who do not see it
   * @param url absolute, of http, https or mailto; spaces in it are encoded
   */
  public static Button of(Icon icon, String url) {
    return new Button(members("icon", icon, "onClick", Click.open(url)));
  }

  /**
   * A button that opens a menu.
   *
   * @param text plain, not empty
   */
  public static Button of(String text, OverflowMenu menu) {
    return new Button(members("text", text, "onClick", Click.menu(menu)));
  }

  /** An icon before the words. */
  public Button icon(Icon icon) {
    return new Button(with("icon", icon));
  }

  /** How it looks; a colour makes it filled whatever stands here. */
  public Button type(Type type) {
    return new Button(with("type", type));
  }

  /**
   * Fills it with a colour.
   *
   * @param hex {@code #rrggbb}
   * @throws IllegalArgumentException if the colour is not of that form
   */
  public Button color(String hex) {
    return new Button(with("color", Colors.of(hex)));
  }

  /** Shows it greyed out; it opens nothing. */
  public Button disabled() {
    return new Button(with("disabled", true));
  }

  /** What it is for, for those who do not see it. */
  public Button altText(String words) {
    return new Button(with("altText", words));
  }

  @Override
  void check(Check check) {
    check.need(
        !string("text").isEmpty() || has("icon"), "text", "a button needs a text or an icon.");
    super.check(check);
  }
}
