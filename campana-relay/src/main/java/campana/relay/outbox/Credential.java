package campana.relay.outbox;

import campana.wire.WebhookUrl;
import java.util.Arrays;
import java.util.stream.Collectors;

/// Who may post to a lane's space: key and token of one webhook. Trust belongs to it.
///
/// @param id 22 characters of `[A-Za-z0-9_-]`, made from key and token as they are written
/// @param url to send to, with key and token alone in its query: a secret
/// @param destination its name in the config; empty: a sender of posts brought it
public record Credential(Lane lane, String id, WebhookUrl url, String destination) {
  private static final int ID = 22;

  public static Credential of(WebhookUrl url, String destination) {
    var secrets =
        Arrays.stream(url.toUri().getRawQuery().split("&", -1))
            .filter(p -> p.startsWith("key=") || p.startsWith("token="))
            .sorted()
            .collect(Collectors.joining("&"));
    return new Credential(Lane.of(url), Digests.id(secrets, ID), url, destination);
  }

  /// Whether the config vouches for it: it counts as proven before its first 2xx.
  public boolean vouched() {
    return !destination.isEmpty();
  }
}
