package campana.relay.outbox;

import campana.wire.WebhookUrl;
import java.util.Locale;

/// What the far side limits: one space at one origin.
///
/// @param id 12 characters of `[A-Za-z0-9_-]`, made from the name; the first one is no `-`, as a
///   command line would take it for a flag
/// @param name the normalised origin and the space, as `https://chat.googleapis.com/spaces/AAAA`
public record Lane(String id, String name) {
  private static final int ID = 12;

  public static Lane of(WebhookUrl url) {
    var uri = url.toUri();
    var scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    var host = uri.getHost().toLowerCase(Locale.ROOT);
    var usual = scheme.equals("https") ? 443 : 80;
    var port = uri.getPort() < 0 || uri.getPort() == usual ? "" : ":" + uri.getPort();
    var name = scheme + "://" + host + port + "/spaces/" + url.space();
    var id = Digests.id(name, ID);
    return new Lane(id.startsWith("-") ? "_" + id.substring(1) : id, name);
  }
}
