package campana.relay.outbox;

/// How far a credential is trusted.
public enum Trust {
  /// Never had a 2xx, and no config vouches for it.
  UNPROVEN,
  PROVEN,
  /// Proven once and refused since: its queue is kept, and probed now and then.
  HELD,
  /// Refused before it was ever proven: further posts are refused at once.
  REFUSED
}
