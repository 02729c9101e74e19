package campana.client.card;

/** At which height something stands. */
public enum VerticalAlignment {
  /** At the top. */
  TOP,
  /** In the middle. */
  CENTER,
  /** At the bottom. */
  BOTTOM
}
