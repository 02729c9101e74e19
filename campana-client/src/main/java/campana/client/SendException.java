package campana.client;

/** A message was not sent, for those who want that thrown: see {@link SendResult#orThrow()}. */
public final class SendException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient SendResult result;

  /** Without a cause: those of the HTTP client may carry the address. */
  SendException(SendResult result) {
    super("not sent: " + result);
    this.result = result;
  }

  /** What was found out. */
  public SendResult result() {
    return result;
  }
}
