package campana.client.card;

/** A line across the card. Immutable. */
public final class Divider extends Widget {
  private Divider() {
    super(none());
  }

  /** A line. */
  public static Divider line() {
    return new Divider();
  }

  @Override
  String kind() {
    return "divider";
  }
}
