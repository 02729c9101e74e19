package campana.relay.route;

import campana.relay.source.Trigger;

/// Which triggers a route lets through: its `when`. Thread-safe.
public interface Condition {
  Condition ALWAYS = trigger -> true;

  /// What cannot be decided holds: better a message too many than one lost.
  boolean holds(Trigger trigger);

  /// @param cel an expression of CEL over `trigger.…`; blank: always
  /// @throws IllegalArgumentException if it is none, with line, column and wish of each mistake
  static Condition of(String cel) {
    return cel.isBlank() ? ALWAYS : CelCondition.compile(cel);
  }
}
