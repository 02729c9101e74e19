package campana.form;

import campana.wire.RpcStatus;

/// What reading a post came to.
public sealed interface Read {
  /// The post is well-formed and within the limits.
  record Accepted(Draft draft) implements Read {}

  /// The post is refused; nothing of it may be stored. The status is what the sender gets.
  record Refused(RpcStatus status) implements Read {}
}
