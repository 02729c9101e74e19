package campana.store;

/// The disk failed while a commit was under way: whether the unit was stored will only be known
/// after a restart. Nobody may be told either way.
public final class OutcomeUnknown extends RuntimeException {
  private static final long serialVersionUID = 1;

  OutcomeUnknown(String why, Throwable cause) {
    super(why, cause);
  }
}
