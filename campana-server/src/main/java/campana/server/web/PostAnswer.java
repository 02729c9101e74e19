package campana.server.web;

import campana.server.message.Message;
import campana.server.space.Space;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What a sender gets back: `name` and `thread.name`, `clientAssignedMessageId` where the sender
/// gave one, and with `response: echo` what the request held. Never `sender` or `createTime`.
final class PostAnswer {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final List<String> ECHOED =
      List.of("text", "cardsV2", "cards", "fallbackText", "accessoryWidgets");

  private PostAnswer() {}

  /// The short answer, as bytes: names and ids are made of safe characters, so nothing is escaped.
  static byte[] seed(Message message, boolean pretty) {
    var line = pretty ? "\n  " : "";
    var blank = pretty ? " " : "";
    var json = new StringBuilder(192);
    json.append('{').append(line);
    field(json, "name", message.name(), blank).append(',').append(line);
    json.append("\"thread\":").append(blank).append('{').append(line).append(blank).append(blank);
    field(json, "name", message.threadName(), blank).append(line).append('}');
    if (!message.messageId().isEmpty()) {
      json.append(',').append(line);
      field(json, "clientAssignedMessageId", message.messageId(), blank);
    }
    json.append(pretty ? "\n}\n" : "}");
    return json.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static StringBuilder field(StringBuilder json, String name, String value, String blank) {
    return json.append('"')
        .append(name)
        .append("\":")
        .append(blank)
        .append('"')
        .append(value)
        .append('"');
  }

  /// The answer of `response: echo`.
  static Map<String, Object> echo(Message message, Space space) {
    var answer = new LinkedHashMap<String, Object>();
    answer.put("name", message.name());
    JsonNode content =
        message.content().length == 0 ? JSON.createObjectNode() : JSON.readTree(message.content());
    for (var field : ECHOED) {
      if (content.has(field)) {
        answer.put(field, content.get(field));
      }
    }
    var thread = new LinkedHashMap<String, Object>();
    thread.put("name", message.threadName());
    if (!message.threadKey().isEmpty()) {
      thread.put("threadKey", message.threadKey());
    }
    answer.put("thread", thread);
    answer.put("space", Map.of("name", space.name()));
    if (!message.messageId().isEmpty()) {
      answer.put("clientAssignedMessageId", message.messageId());
    }
    return answer;
  }
}
