package campana.relay.outbox;

/// What became of a trigger that is not planned.
public enum Fate {
  FILTERED,
  MUTED
}
