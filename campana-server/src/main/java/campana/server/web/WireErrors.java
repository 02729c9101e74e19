package campana.server.web;

import campana.server.message.Posted;
import campana.server.quota.QuotaRate;
import campana.server.space.Space;
import campana.server.webhook.Admission;
import campana.wire.RpcCode;
import campana.wire.RpcStatus;
import java.time.Duration;
import java.util.Map;

/// The errors of the wire endpoint, each in Google's own words where they are known
/// (docs/protocol.md, «Errors»).
final class WireErrors {
  static final RpcStatus NO_KEY =
      RpcStatus.of(
          RpcCode.PERMISSION_DENIED,
          "Method doesn't allow unregistered callers (callers without established identity)."
              + " Please use API Key or other form of API consumer identity to call this API.");
  static final RpcStatus BAD_KEY =
      RpcStatus.of(RpcCode.INVALID_ARGUMENT, "API key not valid. Please pass a valid API key.")
          .withErrorInfo(
              "API_KEY_INVALID", "googleapis.com", Map.of("service", "chat.googleapis.com"));
  static final RpcStatus BAD_TOKEN =
      RpcStatus.of(
          RpcCode.PERMISSION_DENIED,
          "The API is called without a valid token. Instructions on how to use incoming webhooks"
              + " can be found at https://developers.google.com/chat/how-tos/webhooks");
  static final RpcStatus NOT_FOUND =
      RpcStatus.of(RpcCode.NOT_FOUND, "Requested entity was not found.");
  static final RpcStatus FORBIDDEN =
      RpcStatus.of(RpcCode.PERMISSION_DENIED, "The caller does not have permission");
  static final RpcStatus BAD_THREAD_NAME =
      RpcStatus.invalid(
          "message.thread.name", "The request contains an invalid thread resource name");
  static final RpcStatus NO_THREAD =
      RpcStatus.invalid(
          "message.thread",
          "messageReplyOption was given without a thread to reply in: send thread.threadKey or"
              + " thread.name with it");
  static final RpcStatus MESSAGE_ID_TAKEN =
      RpcStatus.of(RpcCode.ALREADY_EXISTS, "Requested entity already exists");
  static final RpcStatus UNAVAILABLE =
      RpcStatus.of(RpcCode.UNAVAILABLE, "The service is currently unavailable.");
  static final RpcStatus INTERNAL = RpcStatus.of(RpcCode.INTERNAL, "Internal error encountered.");
  static final RpcStatus INVALID =
      RpcStatus.of(RpcCode.INVALID_ARGUMENT, "Request contains an invalid argument.");
  static final RpcStatus LEGACY =
      RpcStatus.of(
          RpcCode.INVALID_ARGUMENT,
          "This method is no longer supported; post to /v1/spaces/SPACE/messages");
  static final RpcStatus UNAUTHENTICATED =
      RpcStatus.of(
          RpcCode.UNAUTHENTICATED,
          "Request is missing required authentication credential. Expected OAuth 2 access token,"
              + " login cookie or other valid authentication credential.");
  static final RpcStatus BAD_BEARER =
      RpcStatus.of(
          RpcCode.UNAUTHENTICATED,
          "Request had invalid authentication credentials. Expected OAuth 2 access token, login"
              + " cookie or other valid authentication credential.");
  static final RpcStatus NO_SUCH_METHOD =
      RpcStatus.of(RpcCode.UNIMPLEMENTED, 405, "This address takes GET and POST only.");

  private WireErrors() {}

  /// A credential that stands in the URL twice could mean either.
  static RpcStatus repeated(String name) {
    return RpcStatus.invalid(name, "The query parameter \"" + name + "\" may be given only once.");
  }

  static RpcStatus of(Admission.Refused refused) {
    return switch (refused) {
      case Admission.NoKey _ -> NO_KEY;
      case Admission.BadKey _ -> BAD_KEY;
      case Admission.NoToken _, Admission.BadToken _ -> BAD_TOKEN;
      case Admission.SpaceGone _ -> NOT_FOUND;
      case Admission.Forbidden _ -> FORBIDDEN;
    };
  }

  /// @param base what the server's own URLs begin with
  static RpcStatus overQuota(Posted.OverQuota over, Space space, QuotaRate rate, String base) {
    var burst = rate.burst() > 1 ? " with a burst of " + rate.burst() : "";
    return RpcStatus.of(
            RpcCode.RESOURCE_EXHAUSTED, "Resource has been exhausted (e.g. check quota).")
        .withRetryInfo(seconds(over.retryIn()))
        .withQuotaFailure(
            space.name(),
            "The space takes " + rate.text() + burst + " over all its webhooks together.")
        .withHelp("The space's quota setting", base + "/" + space.name() + "/settings#quota");
  }

  static RpcStatus busy(Posted.Busy busy) {
    return UNAVAILABLE.withRetryInfo(seconds(busy.retryIn()));
  }

  // Whole milliseconds, rounded up: a client that waits exactly so long must not come too early.
  private static double seconds(Duration wait) {
    return Math.ceilDiv(wait.toNanos(), 1_000_000L) / 1000.0;
  }
}
