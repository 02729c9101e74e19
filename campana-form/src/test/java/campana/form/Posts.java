package campana.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import campana.wire.RpcCode;
import campana.wire.RpcStatus;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Posts for tests, in one line.
final class Posts {
  static final MessageForm FORM = MessageForm.create(false);
  static final MessageForm STRICT = MessageForm.create(true);

  static final JsonMapper JSON = JsonText.MAPPER;

  private Posts() {}

  static Draft accepted(String body, String query) {
    return accepted(FORM.read(body.getBytes(UTF_8), query(query)));
  }

  static Draft accepted(String body) {
    return accepted(body, "");
  }

  static Draft accepted(Read read) {
    assertThat(read).isInstanceOf(Read.Accepted.class);
    return ((Read.Accepted) read).draft();
  }

  static RpcStatus refused(Read read) {
    assertThat(read).isInstanceOf(Read.Refused.class);
    return ((Read.Refused) read).status();
  }

  /// The text of an INVALID_ARGUMENT.
  static String refusal(byte[] body) {
    var status = refused(FORM.read(body, Map.of()));
    assertThat(status.code()).isEqualTo(RpcCode.INVALID_ARGUMENT);
    return status.message();
  }

  static String refusal(String body) {
    return refusal(body.getBytes(UTF_8));
  }

  static String refusal(String body, String query) {
    return refused(FORM.read(body.getBytes(UTF_8), query(query))).message();
  }

  /// What would be stored, compact.
  static String stored(String body) {
    return new String(accepted(body).content(), UTF_8);
  }

  static JsonNode storedTree(String body) {
    return JsonText.MAPPER.readTree(accepted(body).content());
  }

  /// A card message with these widgets, written as JSON.
  static String widgets(String widgets) {
    return "{\"cardsV2\":[{\"card\":{\"sections\":[{\"widgets\":[" + widgets + "]}]}}]}";
  }

  /// The path of such a widget.
  static final String WIDGET = "message.cards_v2[0].card.sections[0].widgets[0]";

  static Map<String, List<String>> query(String raw) {
    var query = new LinkedHashMap<String, List<String>>();
    for (var parameter : raw.split("&", -1)) {
      if (!parameter.isEmpty()) {
        int equals = parameter.indexOf('=');
        var name = URLDecoder.decode(parameter.substring(0, equals), UTF_8);
        var value = URLDecoder.decode(parameter.substring(equals + 1), UTF_8);
        query.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
      }
    }
    return query;
  }
}
