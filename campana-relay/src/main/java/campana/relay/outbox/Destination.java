package campana.relay.outbox;

import campana.wire.WebhookUrl;
import java.time.Duration;
import java.time.ZoneId;

/// Where triggers can go, as the config says.
///
/// @param name as in the config
/// @param interval between two messages, from the config's `rate`
/// @param keepTrying until an entry expires
/// @param fallback the destination to tell when this one is not reached; empty: `relay.alarm`
/// @param allowPrivate whether its address may be one of this machine or its networks
/// @param language of what Campana itself writes there, as `it`
public record Destination(
    String name,
    WebhookUrl url,
    Duration interval,
    Duration keepTrying,
    String fallback,
    boolean allowPrivate,
    boolean digest,
    String language,
    ZoneId zone) {
  public static final Duration INTERVAL = Duration.ofSeconds(1);
  public static final Duration KEEP_TRYING = Duration.ofHours(24);

  public Credential credential() {
    return Credential.of(url, name);
  }
}
