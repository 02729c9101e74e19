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
/// @param option what to do without such a thread, in place of the URL's own; empty leaves that
///   one, and unspecified takes it away: a new thread
public record WebhookPost(
    String url, Optional<MessageReplyOption> option, Optional<String> requestId) {
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
    if (option.isPresent()) {
      address = without(address, "messageReplyOption");
      if (option.get() != MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED) {
        address = with(address, "messageReplyOption", option.get().name());
      }
    }
    if (requestId.isPresent()) {
      address = with(without(address, "requestId"), "requestId", requestId.get());
    }
    return address;
  }

  private static String without(String address, String name) {
    return address.replaceAll("([?&])" + name + "=[^&#]*&?", "$1").replaceAll("[?&]$", "");
  }

  private static String with(String address, String name, String value) {
    return address
        + (address.contains("?") ? "&" : "?")
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
