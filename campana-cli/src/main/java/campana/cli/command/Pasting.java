package campana.cli.command;

import java.util.List;

/// What to paste into a tool, so that it sends to a route.
final class Pasting {
  private Pasting() {}

  /// The kind of authentication that the tool can do best.
  static String auth(String source) {
    return switch (source) {
      case "github" -> "secret";
      case "slack" -> "path";
      default -> "bearer";
    };
  }

  /// @param url the route's address without a token
  static List<String> lines(String source, String url, String name, String token) {
    return switch (source) {
      case "alertmanager" ->
          List.of(
              "# alertmanager.yml; then name it in a route: receiver: campana-" + name,
              "receivers:",
              "  - name: campana-" + name,
              "    webhook_configs:",
              "      - url: " + url,
              "        send_resolved: true",
              "        http_config:",
              "          authorization:",
              "            credentials: " + token);
      case "github" ->
          List.of(
              "# Settings → Webhooks → Add webhook",
              "Payload URL   " + url,
              "Content type  application/json",
              "Secret        " + token);
      case "slack" -> List.of("# wherever the tool wants a Slack webhook URL", url + "/" + token);
      case "text" ->
          List.of(
              "curl -sS -X POST -H 'Authorization: Bearer "
                  + token
                  + "' -H 'Content-Type: text/plain' -d 'Backup done' "
                  + url);
      default ->
          List.of(
              "curl -sS -X POST -H 'Authorization: Bearer "
                  + token
                  + "' -H 'Content-Type: application/json' -d '{\"title\":\"Backup done\"}' "
                  + url);
    };
  }
}
