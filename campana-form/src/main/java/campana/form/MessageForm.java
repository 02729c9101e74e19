package campana.form;

import campana.wire.Limits;
import campana.wire.RpcCode;
import campana.wire.RpcStatus;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Reads posts. One for the whole program; any number of threads may use it.
public final class MessageForm {
  private static final String ROOT = "message";

  private final Wire wire;
  private final boolean strict;

  private MessageForm(Wire wire, boolean strict) {
    this.wire = wire;
    this.strict = strict;
  }

  /// Loads the schema, which takes a few milliseconds: once is enough.
  ///
  /// @param strict refuse what is otherwise forgiven: query parameters that no request has, wishes
  ///   that a webhook cannot have, links that lead nowhere
  public static MessageForm create(boolean strict) {
    return new MessageForm(Wire.of(Schema.load()), strict);
  }

  /// Reads one post. Never throws for what was sent.
  ///
  /// @param body the body as it stands after decompression; its size is capped by the caller
  /// @param query decoded names and values, in their order; `key` and `token` are not looked at
  public Read read(byte[] body, Map<String, List<String>> query) {
    var complaints = new Complaints();
    var parameters = Parameters.read(query, wire, strict, complaints);
    JsonNode root = JsonNodeFactory.instance.nullNode();
    if (!JsonText.isBlank(body)) {
      switch (JsonText.parse(body)) {
        case JsonText.Malformed(var why) -> {
          return new Read.Refused(RpcStatus.of(RpcCode.INVALID_ARGUMENT, why));
        }
        case JsonText.Tree(var tree) -> root = tree;
      }
    }
    var message = bind(root, complaints);
    return complaints.none()
        ? judge(message, parameters, complaints)
        : new Read.Refused(complaints.status());
  }

  private ObjectNode bind(JsonNode root, Complaints complaints) {
    if (root.isObject()) {
      return new Binder(new Where(ROOT), complaints).bind(wire.message(), root);
    }
    if (root.isArray()) {
      complaints.add(
          ROOT,
          JsonFault.PREFIX
              + "Unknown name \"message\": Proto field is not repeating, cannot start list.");
    } else if (!root.isNull()) {
      complaints.badValue(ROOT, "type.googleapis.com/" + wire.message().name(), root);
    }
    return JsonNodeFactory.instance.objectNode();
  }

  private Read judge(ObjectNode message, Parameters parameters, Complaints complaints) {
    if (!message.path("privateMessageViewer").isEmpty()) {
      return new Read.Refused(
          RpcStatus.of(
              RpcCode.PERMISSION_DENIED,
              "message.private_message_viewer: a webhook cannot write to one person alone; "
                  + "post without it, or use a Chat app."));
    }
    if (!message.path("attachment").isEmpty()) {
      complaints.add(
          "message.attachment",
          "message.attachment: a webhook cannot upload; put a link into the text or a card.");
      return new Read.Refused(complaints.status());
    }
    var content = new Content(message);
    if (content.isEmpty()) {
      return new Read.Refused(RpcStatus.of(RpcCode.INVALID_ARGUMENT, "Message cannot be empty."));
    }
    if (content.size() > Limits.MESSAGE_BYTES) {
      complaints.add(
          ROOT,
          "Message is longer than "
              + Limits.MESSAGE_BYTES
              + " bytes: text, fallback text, cards and accessory widgets have "
              + content.size()
              + " together.");
      return new Read.Refused(complaints.status());
    }
    judgeCards(content, complaints);
    var draft = draft(message, content, parameters, complaints);
    return complaints.none() ? new Read.Accepted(draft) : new Read.Refused(complaints.status());
  }

  private void judgeCards(Content content, Complaints complaints) {
    boolean changed = false;
    if (!content.cardsV2().isEmpty() || !content.accessoryWidgets().isEmpty()) {
      changed = new CardRules(complaints, strict).judge(content);
    }
    if (!content.cards().isEmpty()) {
      changed |= new OldCardRules(complaints, strict).judge(content.cards());
    }
    if (changed) {
      content.rewrite();
    }
  }

  private static Draft draft(
      ObjectNode message, Content content, Parameters parameters, Complaints complaints) {
    var key = "";
    var name = "";
    if (message.get("thread") instanceof ObjectNode thread) {
      key = Content.string(thread, "threadKey");
      name = Content.string(thread, "name");
      Parameters.threadKey(key, "message.thread.thread_key", complaints);
    }
    return new Draft(
        content.text(),
        content.toJson(),
        key.isEmpty() ? parameters.threadKey() : key,
        name,
        parameters.option(),
        parameters.requestId(),
        parameters.messageId());
  }
}
