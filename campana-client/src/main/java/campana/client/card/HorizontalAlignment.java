package campana.client.card;

/** Where something stands in its row. */
public enum HorizontalAlignment {
  /** At the side where reading begins. */
  START,
  /** In the middle. */
  CENTER,
  /** At the side where reading ends. */
  END
}
