package campana.cli.command;

import campana.cli.api.Api;
import campana.cli.api.Failure;
import campana.wire.RpcCode;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// From what people type to resource names: a full name, an id, or a display name that only one
/// has.
final class Names {
  private static final Pattern SPACE_ID = Pattern.compile("cmp[A-Za-z0-9_-]{8,13}");
  private static final Pattern SPACE_NAME = Pattern.compile("spaces/[A-Za-z0-9_-]+");
  private static final Pattern WEBHOOK_NAME =
      Pattern.compile("spaces/[A-Za-z0-9_-]+/webhooks/[A-Za-z0-9_-]+");
  private static final Pattern USER_NAME = Pattern.compile("users/[A-Za-z0-9_-]+");

  private final Api api;

  Names(Api api) {
    this.api = api;
  }

  /// @return `spaces/ID`
  String space(String typed) {
    if (SPACE_NAME.matcher(typed).matches()) {
      return typed;
    }
    if (SPACE_ID.matcher(typed).matches() && exists("/v1/spaces/" + typed)) {
      return "spaces/" + typed;
    }
    return one(
        "space", typed, api.all("/v1/spaces", "spaces"), s -> text(s, "displayName").equals(typed));
  }

  /// @return `spaces/ID/webhooks/ID`
  String webhook(String typed) {
    if (WEBHOOK_NAME.matcher(typed).matches()) {
      return typed;
    }
    if (typed.startsWith("http://") || typed.startsWith("https://")) {
      return text(api.post("/v1/webhooks:find", Api.object().put("url", typed)), "name");
    }
    var all =
        api.all("/v1/spaces", "spaces").stream()
            .flatMap(s -> api.all("/v1/" + text(s, "name") + "/webhooks", "webhooks").stream())
            .toList();
    return one(
        "webhook",
        typed,
        all,
        w -> text(w, "displayName").equals(typed) || text(w, "name").endsWith("/" + typed));
  }

  /// @return `users/ID`
  String user(String typed) {
    if (USER_NAME.matcher(typed).matches()) {
      return typed;
    }
    return one(
        "user",
        typed,
        api.all("/v1/users", "users"),
        u ->
            text(u, "email").equalsIgnoreCase(typed)
                || text(u, "name").equals("users/" + typed)
                || text(u, "displayName").equals(typed));
  }

  /// @return `tokens/ID`
  String token(String typed) {
    return one(
        "token",
        typed,
        api.all("/v1/tokens", "tokens"),
        t ->
            text(t, "name").equals(typed)
                || text(t, "name").equals("tokens/" + typed)
                || text(t, "displayName").equals(typed));
  }

  private boolean exists(String path) {
    try {
      api.get(path);
      return true;
    } catch (Failure e) {
      // Who is no owner gets the same 403 for a space that is not theirs and for none.
      if (e.exitCode() == Failure.RPC + RpcCode.NOT_FOUND.number()
          || e.exitCode() == Failure.RPC + RpcCode.PERMISSION_DENIED.number()) {
        return false;
      }
      throw e;
    }
  }

  private static String one(
      String kind, String typed, List<JsonNode> all, Predicate<JsonNode> fits) {
    var found = all.stream().filter(fits).map(node -> text(node, "name")).toList();
    return switch (found.size()) {
      case 1 -> found.getFirst();
      case 0 -> throw Failure.of(RpcCode.NOT_FOUND, "no " + kind + " «" + typed + "»");
      default ->
          throw Failure.usage(
              "several are called «" + typed + "»; wanted one of " + String.join(", ", found));
    };
  }

  static String text(JsonNode node, String field) {
    return node.path(field).asString("");
  }
}
