package campana.relay.source;

/// What a trigger says about its subject. It decides the episode: FIRING opens one, RESOLVED ends
/// it.
public enum State {
  FIRING,
  RESOLVED,
  UPDATE,
  INFO
}
