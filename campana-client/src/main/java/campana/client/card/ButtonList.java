package campana.client.card;

import java.util.Map;

/** Buttons in a row. Immutable. */
public final class ButtonList extends SlideWidget {
  private ButtonList(Map<String, Object> members) {
    super(members);
  }

  /**
   * Buttons in their order, from the left.
   *
   * @param buttons at least one
   */
  public static ButtonList of(Button... buttons) {
    return new ButtonList(members("buttons", parts(buttons)));
  }

  /** Adds a button at the end. */
  public ButtonList add(Button button) {
    return new ButtonList(plus("buttons", button));
  }

  @Override
  String kind() {
    return "buttonList";
  }

  @Override
  void check(Check check) {
    check.need(!list("buttons").isEmpty(), "buttons", "a button list needs a button.");
    super.check(check);
  }
}
