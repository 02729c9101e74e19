package campana.relay.outbox;

/// How many of everything, since the data folder began. Counted in the transactions that make it
/// true, so both equations hold at any moment.
public record Sums(Triggers triggers, Entries entries) {
  /// `received = duplicate + filtered + muted + planned`.
  public record Triggers(long received, long duplicate, long filtered, long muted, long planned) {
    public boolean hold() {
      return received == duplicate + filtered + muted + planned;
    }
  }

  /// `accepted = delivered + folded + expired + dead + discarded + waiting`.
  public record Entries(
      long accepted,
      long delivered,
      long folded,
      long expired,
      long dead,
      long discarded,
      long waiting) {
    public boolean hold() {
      return accepted == delivered + folded + expired + dead + discarded + waiting;
    }
  }

  public boolean hold() {
    return triggers.hold() && entries.hold();
  }
}
