package campana.relay.source;

/// How bad it is, worst first: `compareTo` tells which is worse.
public enum Severity {
  CRITICAL,
  WARNING,
  INFO,
  OK;

  public boolean worseThan(Severity other) {
    return compareTo(other) < 0;
  }
}
