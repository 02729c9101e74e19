package campana.server.people;

import java.time.Instant;

/// Somebody who reads.
///
/// @param id digits, as in `users/ID`
/// @param email lower case; empty for an owner made at the first start
/// @param owner may administer everything
/// @param chatApps the person's own setting «Chat apps»: whether webhooks may post into their
///   direct messages
/// @param language `en`, `it`, `es`, or empty: by browser
public record Person(
    String id,
    String email,
    String displayName,
    boolean owner,
    boolean chatApps,
    String language,
    boolean hasPassword,
    Instant createTime) {

  /// The resource name, `users/ID`.
  public String name() {
    return "users/" + id;
  }
}
