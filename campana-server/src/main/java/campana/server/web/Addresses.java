package campana.server.web;

import java.util.List;

/// Which method may be used at which address of the resources API: the one table of them.
final class Addresses {
  private Addresses() {}

  /// @param path what stands behind `/v1/`, decoded
  static boolean known(String method, List<String> path) {
    return switch (path.size()) {
      case 1 -> one(method, path.get(0));
      case 2 -> two(method, path.get(0), path.get(1));
      case 3 -> path.get(0).equals("spaces") && three(method, path.get(2));
      case 4 -> path.get(0).equals("spaces") && four(method, path.get(2), path.get(3));
      default -> false;
    };
  }

  private static boolean one(String method, String name) {
    return switch (name) {
      case "spaces", "users", "tokens" -> method.equals("GET") || method.equals("POST");
      case "spaces:setup", "webhooks:find", "signInLinks", "server:backup", "server:reload" ->
          method.equals("POST");
      case "policy" -> method.equals("GET") || method.equals("PATCH");
      case "server:doctor" -> method.equals("GET");
      default -> false;
    };
  }

  private static boolean two(String method, String name, String id) {
    return switch (name) {
      case "spaces" ->
          method.equals("POST")
              ? id.endsWith(":restore")
              : List.of("GET", "PATCH", "DELETE").contains(method);
      case "users" -> List.of("GET", "PATCH", "DELETE").contains(method);
      case "tokens" -> method.equals("DELETE");
      default -> false;
    };
  }

  private static boolean three(String method, String name) {
    return switch (name) {
      case "messages" -> method.equals("GET");
      case "fault" -> List.of("GET", "POST", "DELETE").contains(method);
      case "members", "webhooks" -> method.equals("GET") || method.equals("POST");
      default -> false;
    };
  }

  private static boolean four(String method, String name, String id) {
    return switch (name) {
      case "messages", "members" -> method.equals("GET") || method.equals("DELETE");
      case "webhooks" ->
          method.equals("POST")
              ? id.endsWith(":rotate")
              : List.of("GET", "PATCH", "DELETE").contains(method);
      default -> false;
    };
  }
}
