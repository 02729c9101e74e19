package campana.relay.web;

import campana.form.Draft;
import campana.relay.outbox.Answer;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A post's body, as far as the relay has to look into it. Its form was judged before.
final class WireBody {
  private static final int TITLE = 120;

  /// As lenient as the form that took the body.
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
                  .enable(JsonReadFeature.ALLOW_UNQUOTED_PROPERTY_NAMES)
                  .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                  .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                  .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
                  .build())
          .build();

  private WireBody() {}

  /// The same body without its thread, where that is a name of ours.
  static byte[] withoutThread(byte[] body) {
    if (JSON.readTree(body) instanceof ObjectNode message) {
      message.remove("thread");
      return JSON.writeValueAsBytes(message);
    }
    return body;
  }

  /// One line for lists.
  static String title(Draft draft) {
    var text = draft.text().isBlank() ? fromContent(draft.content()) : draft.text();
    var line = text.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("card");
    return line.codePointCount(0, line.length()) <= TITLE
        ? line
        : line.substring(0, line.offsetByCodePoints(0, TITLE)) + "…";
  }

  private static String fromContent(byte[] content) {
    try {
      var message = JSON.readTree(content);
      var fallback = message.path("fallbackText").asString("");
      return fallback.isBlank()
          ? message.at("/cardsV2/0/card/header/title").asString("")
          : fallback;
    } catch (JacksonException e) {
      return "";
    }
  }

  /// What the far side said, where that is whole JSON; it is kept only up to a length.
  static Optional<byte[]> error(Answer answer) {
    try {
      return JSON.readTree(answer.body()) instanceof ObjectNode error && error.has("error")
          ? Optional.of(answer.body())
          : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
