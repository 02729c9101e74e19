package campana.relay.source;

/// Reads what one tool sends. Stateless and thread-safe.
public interface Source {
  /// As in the config's `source:`.
  String name();

  Reading read(Received received);

  /// Whether the request bears this tool's own signature under the secret, over the raw bytes,
  /// compared in constant time. Tools that do not sign: false.
  ///
  /// @param secret one of the current ones
  default boolean signed(Received received, String secret) {
    return false;
  }

  /// Whether the tool signs at all, so that a route may have a `secret`.
  default boolean signs() {
    return false;
  }

  /// Which status this tool tries again after: what it hears when we cannot take more.
  default int overloadStatus() {
    return 503;
  }

  /// What the sender hears, in the form that it understands.
  default Reply reply(Verdict verdict) {
    return Reply.json(verdict, overloadStatus());
  }
}
