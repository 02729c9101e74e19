package campana.server.people;

import java.time.Instant;

/// A bearer token of the resources API, without its secret.
///
/// @param displayName what it is for, in its maker's words
public record ApiToken(String id, String displayName, String personId, Instant createTime) {
  /// The resource name, `tokens/ID`.
  public String name() {
    return "tokens/" + id;
  }
}
