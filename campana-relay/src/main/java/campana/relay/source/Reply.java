package campana.relay.source;

import campana.relay.source.Verdict.Denied;
import campana.relay.source.Verdict.Overloaded;
import campana.relay.source.Verdict.Taken;
import campana.relay.source.Verdict.TooLarge;
import campana.relay.source.Verdict.Unreadable;
import campana.relay.source.Verdict.Unsupported;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.JsonNodeFactory;

/// What a sender hears.
///
/// @param retryIn for `Retry-After`, in whole seconds and at least one
public record Reply(int status, String contentType, String body, Optional<Duration> retryIn) {
  public static final String JSON = "application/json; charset=utf-8";
  public static final String TEXT = "text/plain; charset=utf-8";

  public static Reply text(int status, String body) {
    return new Reply(status, TEXT, body, Optional.empty());
  }

  /// The words for tools that ask for none of their own: a small JSON object with `status`, and
  /// with `id` or `error`.
  static Reply json(Verdict verdict, int overloadStatus) {
    return switch (verdict) {
      case Taken(var how, var id) -> {
        var word = how.name().toLowerCase(Locale.ROOT);
        // As there is one for each trigger: neither word nor id has anything to escape.
        var body = "{\"status\":\"" + word + (id.isEmpty() ? "" : "\",\"id\":\"" + id) + "\"}";
        yield new Reply(200, JSON, body, Optional.empty());
      }
      case Unreadable(var field, var why) ->
          json(400, "refused", "error", field.isEmpty() ? why : field + ": " + why);
      case Unsupported(var type) ->
          json(415, "refused", "error", Plain.line(type, 100) + " is not read here");
      case Denied() -> json(403, "refused", "error", "no valid credential");
      case TooLarge(var most) ->
          json(413, "refused", "error", "the body has more than " + most + " bytes");
      case Overloaded(var retryIn) -> {
        var words = json(overloadStatus, "refused", "error", "too much is waiting, try again");
        yield new Reply(words.status, words.contentType, words.body, Optional.of(retryIn));
      }
    };
  }

  private static Reply json(int status, String word, String name, String value) {
    var object = JsonNodeFactory.instance.objectNode().put("status", word).put(name, value);
    return new Reply(status, JSON, object.toString(), Optional.empty());
  }
}
