package campana.relay.outbox;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Whose posts the proxy takes, as the config says.
///
/// @param url scheme and host, as `https://chat.googleapis.com`
/// @param spaces ids of spaces, or `*` for all
public record Upstream(
    String url,
    List<String> spaces,
    Duration interval,
    Duration keepTrying,
    boolean allowPrivate,
    boolean digest) {
  public Upstream {
    spaces = List.copyOf(spaces);
  }

  public String host() {
    return URI.create(url).getHost();
  }

  public boolean takes(String space) {
    return spaces.contains("*") || spaces.contains(space);
  }
}
