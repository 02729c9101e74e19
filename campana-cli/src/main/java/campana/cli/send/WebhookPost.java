package campana.cli.send;

import campana.cli.api.Failure;
import campana.wire.MessageReplyOption;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where one message goes.
///
/// @param url the webhook URL verbatim; secret
/// @param option what to do without such a thread; unspecified leaves the URL's own, if it has one
public record WebhookPost(String url, MessageReplyOption option, Optional<String> requestId) {
  private static final Pattern SECRET = Pattern.compile("(?i)([?&](?:key|token)=)[^&#]*");

  public WebhookPost {
    if (!url.startsWith("https://") && !url.startsWith("http://")) {
      throw Failure.usage("the webhook URL: wanted one that begins with https:// or http://");
    }
  }

  /// The address to post to. A parameter that the URL has already is replaced, never doubled.
  ///
  /// @throws Failure without any part of the URL in its text
  public URI target() {
    try {
      return new URI(full());
    } catch (URISyntaxException e) {
      throw Failure.usage("the webhook URL: wanted it as it was copied; this one is not a URL");
    }
  }

  private String full() {
    var address = url;
    if (option != MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED) {
      address = with(address, "messageReplyOption", option.name());
    }
    if (requestId.isPresent()) {
      address = with(address, "requestId", requestId.get());
    }
    return address;
  }

  private static String with(String address, String name, String value) {
    var without = address.replaceAll("([?&])" + name + "=[^&#]*&?", "$1").replaceAll("[?&]$", "");
    return without
        + (without.contains("?") ? "&" : "?")
        + name
        + "="
        + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /// The address as it may be shown.
  public String shown() {
    return SECRET.matcher(full()).replaceAll("$1…");
  }

  @Override
  public String toString() {
    return shown();
  }
}
