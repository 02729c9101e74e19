package campana.cli.command;

import campana.cli.api.Api;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A listing with `--json`: the API's own list, all pages in one.
final class Lists {
  private Lists() {}

  static ObjectNode of(String field, List<JsonNode> nodes) {
    var list = Api.object();
    list.putArray(field).addAll(nodes);
    return list;
  }
}
