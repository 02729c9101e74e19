package campana.cli.api;

import campana.wire.RpcCode;
import java.util.Arrays;
import tools.jackson.databind.JsonNode;

/// From a refusal's body to what ends the command.
public final class Refusals {
  private Refusals() {}

  /// @param json a google.rpc.Status, wrapped in `error` or bare; missing where the body was none
  public static Failure failure(int status, JsonNode json) {
    var error = json.has("error") ? json.path("error") : json;
    var name = error.path("status").asString("");
    var code =
        Arrays.stream(RpcCode.values())
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseGet(() -> RpcCode.ofHttp(status));
    var text = error.path("message").asString("");
    return Failure.of(
        code, code + (text.isEmpty() ? " (HTTP " + status + ")" : ": " + Api.oneLine(text)));
  }
}
