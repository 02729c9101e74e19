package campana.server.webhook;

import campana.server.space.Space;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that admission needs to know about one space, so that a post needs no look into the
/// database.
///
/// @param appsOn whether every member has Chat apps on; matters in a direct message only
record Doors(Space space, List<WebhookStore.Stored> webhooks, boolean appsOn) {
  Doors {
    webhooks = List.copyOf(webhooks);
  }

  /// The webhook with this hash. Looks at all of them and at every byte, so that its time says
  /// nothing.
  @Nullable Webhook of(byte[] tokenHash) {
    Webhook found = null;
    for (var stored : webhooks) {
      if (MessageDigest.isEqual(stored.tokenHash(), tokenHash)) {
        found = stored.webhook();
      }
    }
    return found;
  }
}
