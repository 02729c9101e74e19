package campana.form;

/// The few types of the schema that are looked up by name.
///
/// @param message google.chat.v1.Message
record Wire(MessageType message, EnumType replyOptions, EnumType notificationTypes) {
  private static final String CHAT = "google.chat.v1.";

  static Wire of(Schema schema) {
    return new Wire(
        schema.message(CHAT + "Message"),
        schema.choices(CHAT + "CreateMessageRequest.MessageReplyOption"),
        schema.choices(CHAT + "CreateMessageNotificationOptions.NotificationType"));
  }
}
