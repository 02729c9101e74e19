package campana.wire;

/** The numbers of the wire (docs/protocol.md, «Limits»). */
public final class Limits {
  /**
   * Largest message, in bytes of UTF-8: text, fallbackText, and compact JSON of cards and accessory
   * widgets together.
   */
  public static final int MESSAGE_BYTES = 32_000;

  /** Largest request body that is read at all, in bytes, after decompression. */
  public static final int BODY_BYTES = 1 << 20;

  /** Longest threadKey, in code points. */
  public static final int THREAD_KEY_CODE_POINTS = 4_000;

  /** Longest requestId, in characters. */
  public static final int REQUEST_ID_CHARS = 255;

  /** Widgets drawn of one card; what follows is dropped silently. */
  public static final int WIDGETS_PER_CARD = 100;

  /** Cards of one message. */
  public static final int CARDS_PER_MESSAGE = 100;

  /** Longest displayName of a space, in characters. */
  public static final int SPACE_NAME_CHARS = 128;

  /** Longest description of a space, in characters. */
  public static final int SPACE_DESCRIPTION_CHARS = 150;

  private Limits() {}
}
