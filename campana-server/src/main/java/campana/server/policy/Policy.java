package campana.server.policy;

/// The organisation's switches.
///
/// @param webhooks whether webhooks may be added and used at all
/// @param webhooksInDirectMessages whether they may in direct messages, where besides every member
///   must have Chat apps on
public record Policy(boolean webhooks, boolean webhooksInDirectMessages) {
  public static final Policy DEFAULT = new Policy(true, true);
}
