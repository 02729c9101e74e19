package campana.relay.outbox;

/// Where an entry is. Stored by [#number], which never changes.
public enum EntryState {
  WAITING(0),
  DELIVERED(1),
  FOLDED(2),
  EXPIRED(3),
  DEAD(4),
  DISCARDED(5);

  private final int number;

  EntryState(int number) {
    this.number = number;
  }

  public int number() {
    return number;
  }

  public static EntryState of(long number) {
    return values()[(int) number];
  }
}
