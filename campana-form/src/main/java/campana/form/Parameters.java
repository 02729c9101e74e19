package campana.form;

import campana.wire.Limits;
import campana.wire.MessageReplyOption;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The query parameters beside a body, as far as they are the message's. In texts `""` means
/// absent. Of a parameter that comes twice the last value counts.
record Parameters(String threadKey, MessageReplyOption option, String requestId, String messageId) {

  /// Understood by every Google API, or by somebody else here; without meaning for a message.
  private static final Set<String> OTHERS =
      Set.of(
          "key",
          "token",
          "alt",
          "$alt",
          "fields",
          "$fields",
          "prettyPrint",
          "$prettyPrint",
          "quotaUser",
          "$quotaUser",
          "callback",
          "$callback",
          "$.xgafv",
          "access_token",
          "oauth_token",
          "uploadType",
          "upload_protocol");

  /// Reads and judges them; what is wrong goes to the complaints.
  static Parameters read(
      Map<String, List<String>> query, Wire wire, boolean strict, Complaints complaints) {
    String threadKey = "";
    String requestId = "";
    String messageId = "";
    var option = MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED;
    for (var parameter : query.entrySet()) {
      if (parameter.getValue().isEmpty()) {
        continue;
      }
      var value = parameter.getValue().getLast();
      switch (parameter.getKey()) {
        case "threadKey", "thread_key" -> threadKey = value;
        case "requestId", "request_id" -> requestId = value;
        case "messageId", "message_id" -> messageId = value;
        case "messageReplyOption", "message_reply_option" ->
            option = option(value, wire, complaints);
        case "createMessageNotificationOptions.notificationType",
            "create_message_notification_options.notification_type",
            "createMessageNotificationOptions.notification_type",
            "create_message_notification_options.notificationType" ->
            notification(value, wire, strict, complaints);
        default -> {
          if (strict && !OTHERS.contains(parameter.getKey())) {
            complaints.unknownParameter(parameter.getKey());
          }
        }
      }
    }
    threadKey(threadKey, "thread_key", complaints);
    if (requestId.codePointCount(0, requestId.length()) > Limits.REQUEST_ID_CHARS) {
      complaints.add(
          "request_id",
          "Invalid value at 'request_id': it is longer than "
              + Limits.REQUEST_ID_CHARS
              + " characters. A random UUID makes a good request id.");
    }
    if (!messageId.isEmpty() && !isMessageId(messageId)) {
      complaints.add(
          "message_id",
          "Invalid value at 'message_id' (TYPE_STRING), "
              + Complaints.quoted(messageId)
              + ". A message id begins with \"client-\" and goes on with 1 to 56 of a-z, 0-9 and \"-\".");
    }
    return new Parameters(threadKey, option, requestId, messageId);
  }

  /// Judges a key of the body or of the query.
  static void threadKey(String key, String path, Complaints complaints) {
    if (key.length() > Limits.THREAD_KEY_CODE_POINTS
        && key.codePointCount(0, key.length()) > Limits.THREAD_KEY_CODE_POINTS) {
      complaints.add(
          path,
          "Invalid value at '"
              + path
              + "': a thread key has at most "
              + Limits.THREAD_KEY_CODE_POINTS
              + " characters.");
    }
  }

  private static MessageReplyOption option(String value, Wire wire, Complaints complaints) {
    var name = value.isEmpty() ? "0" : value;
    var found = wire.replyOptions().find(name);
    if (found == null) {
      complaints.badValue(
          "message_reply_option",
          "type.googleapis.com/" + wire.replyOptions().name(),
          Complaints.quoted(value));
      return MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED;
    }
    return MessageReplyOption.valueOf(found);
  }

  /// A webhook's messages are told of as the reader has set it; the wish is understood, not obeyed.
  private static void notification(String value, Wire wire, boolean strict, Complaints complaints) {
    var path = "create_message_notification_options.notification_type";
    var found = wire.notificationTypes().find(value.isEmpty() ? "0" : value);
    if (found == null) {
      complaints.badValue(
          path, "type.googleapis.com/" + wire.notificationTypes().name(), Complaints.quoted(value));
    } else if (strict && !wire.notificationTypes().isZero(found)) {
      complaints.add(
          path, path + ": a webhook cannot choose how people are notified; leave it out.");
    }
  }

  private static boolean isMessageId(String id) {
    var prefix = "client-";
    if (!id.startsWith(prefix) || id.length() == prefix.length() || id.length() > 63) {
      return false;
    }
    for (int i = prefix.length(); i < id.length(); i++) {
      char c = id.charAt(i);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
        return false;
      }
    }
    return true;
  }
}
