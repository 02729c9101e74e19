package campana.server.webhook;

import campana.server.space.Space;
import java.security.MessageDigest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that admission needs to know about one space, so that a post needs no look into the
/// database.
///
/// @param webhooks those that are not deleted
/// @param appsOn whether every member has Chat apps on; matters in a direct message only
public record Doors(Space space, List<WebhookStore.Stored> webhooks, boolean appsOn) {
  public Doors {
    webhooks = List.copyOf(webhooks);
  }

  /// The webhook with this hash. Looks at all of them and at every byte, so that its time says
  /// nothing.
  WebhookStore.@Nullable Stored of(byte[] tokenHash) {
    WebhookStore.Stored found = null;
    for (var stored : webhooks) {
      if (MessageDigest.isEqual(stored.tokenHash(), tokenHash)) {
        found = stored;
      }
    }
    return found;
  }
}
