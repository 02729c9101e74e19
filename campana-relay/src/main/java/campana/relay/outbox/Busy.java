package campana.relay.outbox;

/// The store takes nothing now, or nobody knows whether it took it: what was to be stored is tried
/// again later, and is built so that it can be.
public final class Busy extends RuntimeException {
  private static final long serialVersionUID = 1;

  public Busy(String why) {
    super(why, null, false, false); // expected with a full disk: a stack trace would only cost
  }
}
