package campana.client.card;

import java.util.Map;

/** Chips in a row. Immutable. */
public final class ChipList extends ColumnWidget {
  private ChipList(Map<String, Object> members) {
    super(members);
  }

  /**
   * Chips in their order; they wrap into further rows.
   *
   * @param chips at least one
   */
  public static ChipList of(Chip... chips) {
    return new ChipList(members("chips", parts(chips)));
  }

  /** Adds a chip at the end. */
  public ChipList add(Chip chip) {
    return new ChipList(plus("chips", chip));
  }

  /** Keeps them in one row that scrolls. */
  public ChipList scrolling() {
    return new ChipList(with("layout", "HORIZONTAL_SCROLLABLE"));
  }

  @Override
  String kind() {
    return "chipList";
  }

  @Override
  void check(Check check) {
    check.need(!list("chips").isEmpty(), "chips", "a chip list needs a chip.");
    super.check(check);
  }
}
