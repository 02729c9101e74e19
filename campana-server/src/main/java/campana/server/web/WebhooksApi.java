package campana.server.web;

import campana.http.Percent;
import campana.server.people.Person;
import campana.server.space.Space;
import campana.server.webhook.Webhook;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `/v1/spaces/S/webhooks`, ours: for those who manage the space, as a webhook's URL is a secret.
final class WebhooksApi {
  private static final int USUAL_PAGE = 100;
  private static final int MOST_PAGE = 1000;
  private static final Set<String> CHANGEABLE = Set.of("displayName", "avatarUrl");
  private static final Set<String> WEBHOOK =
      Set.of("name", "displayName", "avatarUrl", "url", "createTime", "lastUseTime");

  private final Rooms rooms;

  WebhooksApi(Rooms rooms) {
    this.rooms = rooms;
  }

  private Optional<Space> managed(Person who, String spaceId) {
    return rooms.spaces().mayManage(who, spaceId)
        ? rooms.spaces().find(spaceId).filter(space -> !space.deleted())
        : Optional.empty();
  }

  Reply list(Call call, String spaceId) {
    if (managed(call.who(), spaceId).isEmpty()) {
      return SpacesApi.absent(call.who());
    }
    return switch (Paging.of(call.query(), USUAL_PAGE, MOST_PAGE, "webhooks " + spaceId)) {
      case Paging.Bad(var reply) -> reply;
      case Paging.Good(var page) ->
          new Reply.Json(page.slice("webhooks", rooms.webhooks().list(spaceId), this::shape));
    };
  }

  Reply create(Call call, String spaceId) {
    var space = managed(call.who(), spaceId);
    if (space.isEmpty()) {
      return SpacesApi.absent(call.who());
    }
    var fields = Fields.read(call.body(), "webhook", WEBHOOK);
    var name = fields.textOr("displayName", "");
    var avatar = fields.textOr("avatarUrl", "");
    if (fields.isWrong()) {
      return fields.refused();
    }
    var done = rooms.webhooks().create(space.get(), name, avatar);
    done.done().ifPresent(made -> audit(call.who(), "webhook.create", made));
    return Reply.of(done, this::shape);
  }

  Reply get(Call call, String spaceId, String id) {
    if (managed(call.who(), spaceId).isEmpty()) {
      return SpacesApi.absent(call.who());
    }
    return rooms
        .webhooks()
        .find(spaceId, id)
        .<Reply>map(webhook -> new Reply.Json(shape(webhook)))
        .orElse(Reply.NOT_FOUND);
  }

  Reply change(Call call, String spaceId, String id) {
    if (managed(call.who(), spaceId).isEmpty()) {
      return SpacesApi.absent(call.who());
    }
    var fields = Fields.read(call.body(), "webhook", WEBHOOK);
    var mask = Mask.of(call.query(), fields, CHANGEABLE);
    var name = fields.textOr("displayName", "");
    var avatar = fields.textOr("avatarUrl", "");
    if (fields.isWrong()) {
      return fields.refused();
    }
    return Reply.of(
        rooms
            .webhooks()
            .change(
                spaceId,
                id,
                mask.covers("displayName", fields) ? name : null,
                mask.covers("avatarUrl", fields) ? avatar : null),
        this::shape);
  }

  Reply delete(Call call, String spaceId, String id) {
    if (managed(call.who(), spaceId).isEmpty()) {
      return SpacesApi.absent(call.who());
    }
    var done = rooms.webhooks().delete(spaceId, id);
    done.done().ifPresent(gone -> audit(call.who(), "webhook.delete", gone));
    return Reply.of(done, _ -> Map.of());
  }

  Reply rotate(Call call, String spaceId, String id) {
    if (managed(call.who(), spaceId).isEmpty()) {
      return SpacesApi.absent(call.who());
    }
    var done = rooms.webhooks().rotate(spaceId, id);
    done.done().ifPresent(rotated -> audit(call.who(), "webhook.rotate", rotated));
    return Reply.of(done, this::shape);
  }

  /// `webhooks:find`: whose URL is this? The host does not count, as a server may have several.
  Reply find(Call call) {
    var fields = Fields.read(call.body(), "request", Set.of("url"));
    var url = fields.textOr("url", "");
    if (fields.isWrong()) {
      return fields.refused();
    }
    try {
      var uri = new URI(url);
      var path = uri.getRawPath() == null ? "" : uri.getRawPath();
      var parts = path.split("/", -1);
      var query = Query.parse(uri.getRawQuery() == null ? "" : uri.getRawQuery());
      if (parts.length < 5 || !parts[2].equals("spaces") || query.last("token").isEmpty()) {
        return Reply.invalid("url", "url: wanted a webhook's URL of this server");
      }
      var spaceId = Percent.decode(parts[3], false);
      return managed(call.who(), spaceId)
          .flatMap(space -> rooms.webhooks().findByToken(space.id(), query.last("token")))
          .<Reply>map(webhook -> new Reply.Json(shape(webhook)))
          .orElse(SpacesApi.absent(call.who()));
    } catch (URISyntaxException e) {
      return Reply.invalid("url", "url: wanted a webhook's URL of this server");
    }
  }

  private void audit(Person who, String action, Webhook webhook) {
    rooms.spaces().audit(webhook.spaceId(), who, action, webhook.name());
  }

  private Map<String, Object> shape(Webhook webhook) {
    return Shapes.webhook(webhook, rooms.webhooks().url(webhook));
  }
}
