package campana.server.web;

import campana.server.policy.Policy;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `/v1/policy` and `/v1/server:…`: for owners.
final class ServerApi {
  private static final Set<String> POLICY =
      Set.of("webhooks", "webhooksInDirectMessages", "pinned");
  private static final Set<String> SWITCHES = Set.of("webhooks", "webhooksInDirectMessages");

  private final Rooms rooms;

  ServerApi(Rooms rooms) {
    this.rooms = rooms;
  }

  Reply policy(Call call) {
    return call.who().owner()
        ? new Reply.Json(Shapes.policy(rooms.policies().current(), rooms.policies().pinned()))
        : Reply.FORBIDDEN;
  }

  Reply setPolicy(Call call) {
    if (!call.who().owner()) {
      return Reply.FORBIDDEN;
    }
    var fields = Fields.read(call.body(), "policy", POLICY);
    var mask = Mask.of(call.query(), fields, SWITCHES);
    var old = rooms.policies().current();
    var webhooks = fields.flag("webhooks");
    var inDirect = fields.flag("webhooksInDirectMessages");
    if (fields.isWrong()) {
      return fields.refused();
    }
    var wish =
        new Policy(
            mask.covers("webhooks", fields) ? webhooks != null && webhooks : old.webhooks(),
            mask.covers("webhooksInDirectMessages", fields)
                ? inDirect != null && inDirect
                : old.webhooksInDirectMessages());
    return Reply.of(
        rooms.policies().set(wish), policy -> Shapes.policy(policy, rooms.policies().pinned()));
  }

  Reply backup(Call call) {
    if (!call.who().owner()) {
      return Reply.FORBIDDEN;
    }
    var fields = Fields.read(call.body(), "backup", Set.of("path", "withoutKey"));
    var path = fields.textOr("path", "");
    var withoutKey = fields.flag("withoutKey");
    if (!fields.isWrong() && (path.isEmpty() || !absolute(path))) {
      fields.complain("backup.path", "backup.path: wanted an absolute path, got «" + path + "»");
    }
    if (fields.isWrong()) {
      return fields.refused();
    }
    return Reply.of(
        rooms.operations().backup(Path.of(path), withoutKey != null && withoutKey),
        holds -> named("holds", holds));
  }

  private static boolean absolute(String path) {
    try {
      return Path.of(path).isAbsolute();
    } catch (InvalidPathException e) {
      return false;
    }
  }

  Reply reload(Call call) {
    return call.who().owner()
        ? Reply.of(rooms.operations().reload(), keys -> named("needRestart", keys))
        : Reply.FORBIDDEN;
  }

  Reply doctor(Call call) {
    if (!call.who().owner()) {
      return Reply.FORBIDDEN;
    }
    var findings =
        rooms.operations().doctor().stream()
            .map(finding -> {
              var shape = new LinkedHashMap<String, Object>();
              shape.put("level", finding.level());
              shape.put("text", finding.text());
              return shape;
            })
            .toList();
    return new Reply.Json(Map.of("findings", findings));
  }

  private static Map<String, Object> named(String name, List<String> values) {
    return Map.of(name, values);
  }
}
