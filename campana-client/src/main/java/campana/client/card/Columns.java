package campana.client.card;

import java.util.Map;

/** Two columns beside each other; on a narrow screen one below the other. Immutable. */
public final class Columns extends Widget {
  private static final int MOST = 2;

  private Columns(Map<String, Object> members) {
    super(members);
  }

  /**
   * Columns in their order, from the left.
   *
   * @param columns one or two
   */
  public static Columns of(Column... columns) {
    return new Columns(members("columnItems", parts(columns)));
  }

  @Override
  String kind() {
    return "columns";
  }

  @Override
  void check(Check check) {
    int size = list("columnItems").size();
    check.need(size > 0, "columnItems", "there is no column.");
    check.atMost(MOST, size, "columnItems", "there are " + size + " columns, and at most 2 fit.");
    super.check(check);
  }
}
