package campana.http;

/// The server cannot listen where it was told to. The message is one line for the operator: it
/// names host and port, and what to do.
public final class CannotListenException extends RuntimeException {
  private static final long serialVersionUID = 1;

  CannotListenException(String message, Throwable cause) {
    super(message, cause);
  }
}
