package campana.client;

/**
 * A message on its way, as a {@link SendListener} and {@link
 * WebhookClient#close(java.time.Duration)} show it. Immutable.
 */
public final class Sending {
  private final String space;
  private final Message message;
  private final SendOptions options;
  private final int attempts;

  Sending(String space, Message message, SendOptions options, int attempts) {
    this.space = space;
    this.message = message;
    this.options = options;
    this.attempts = attempts;
  }

  /** The space's id, without {@code spaces/}. */
  public String space() {
    return space;
  }

  /** What is sent. */
  public Message message() {
    return message;
  }

  /** The options of the call, with the requestId that the client drew: sent so again, it is one. */
  public SendOptions options() {
    return options;
  }

  /** Requests made so far. If more than none, it may have been stored. */
  public int attempts() {
    return attempts;
  }

  /** Without the message itself: that is the user's to print. */
  @Override
  public String toString() {
    return "sending[spaces/" + space + ", " + options + ", attempts=" + attempts + "]";
  }
}
