package campana.relay.source.alertmanager;

import campana.relay.source.Pieces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request's body as it is read, field after field.
final class Notice {
  boolean isObject;
  String version = "";
  String groupKey = "";
  String receiver = "";
  String reason = "";
  String url = "";
  int truncated;
  Map<String, String> groupLabels = Map.of();
  Map<String, String> commonLabels = Map.of();
  Map<String, String> annotations = Map.of();
  @Nullable List<Alert> alerts; // null: there is no array of them

  static Notice read(Pieces json) {
    var notice = new Notice();
    notice.isObject = json.isObject();
    if (!notice.isObject) {
      json.skip();
      return notice;
    }
    for (var name = json.field(); name != null; name = json.field()) {
      notice.take(name, json);
    }
    return notice;
  }

  private void take(String name, Pieces json) {
    switch (name) {
      case "version" -> version = json.text();
      case "groupKey" -> groupKey = json.text();
      case "receiver" -> receiver = json.text();
      case "notification_reason" -> reason = json.text();
      case "externalURL" -> url = json.text();
      case "truncatedAlerts" -> truncated = json.number();
      case "groupLabels" -> groupLabels = json.texts();
      case "commonLabels" -> commonLabels = json.texts();
      case "commonAnnotations" -> annotations = json.texts();
      case "alerts" -> alerts = alerts(json);
      default -> json.skip();
    }
  }

  private static @Nullable List<Alert> alerts(Pieces json) {
    if (!json.isArray()) {
      json.skip();
      return null;
    }
    var alerts = new ArrayList<Alert>(4);
    while (json.element()) {
      if (json.isObject()) {
        alerts.add(Alert.read(json));
      } else {
        json.skip();
      }
    }
    return alerts;
  }
}
