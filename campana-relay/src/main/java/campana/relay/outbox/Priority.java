package campana.relay.outbox;

/// Which thread of a lane goes first; within a thread the order of arrival holds.
public enum Priority {
  CRITICAL,
  NORMAL,
  LOW
}
