package campana.store;

/// The data folder cannot be used. The message is one line for whoever started the program: what is
/// wrong, and what to do about it.
public final class CannotOpen extends RuntimeException {
  private static final long serialVersionUID = 1;

  public CannotOpen(String line) {
    super(line);
  }

  public CannotOpen(String line, Throwable cause) {
    super(line, cause);
  }
}
