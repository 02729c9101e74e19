package campana.server.webhook;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A sender's identity in one space. Its secret is not here: see [Webhooks#url].
///
/// @param id unique within the space
/// @param avatarUrl empty where none was given
/// @param lastUseTime of the last stored message, at most a minute behind; null before the first
public record Webhook(
    String spaceId,
    String id,
    String displayName,
    String avatarUrl,
    Instant createTime,
    @Nullable Instant lastUseTime) {

  /// The resource name, `spaces/S/webhooks/W`.
  public String name() {
    return "spaces/" + spaceId + "/webhooks/" + id;
  }
}
