package campana.server.web;

import campana.server.message.Message;
import campana.server.message.MessageFilter;
import campana.server.people.Person;
import campana.server.space.Space;
import campana.server.webhook.Webhook;
import campana.wire.FieldName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// `/v1/spaces/S/messages` for those who read: list, get, and for managers delete.
final class MessagesApi {
  private static final int USUAL_PAGE = 25;
  private static final int MOST_PAGE = 1000;

  private final Rooms rooms;

  MessagesApi(Rooms rooms) {
    this.rooms = rooms;
  }

  private Optional<Space> readable(Person who, String spaceId) {
    return rooms.spaces().mayRead(who, spaceId)
        ? rooms.spaces().find(spaceId).filter(space -> !space.deleted())
        : Optional.empty();
  }

  /// Members may read; whoever administers everything is told what is not there at all.
  private Reply unreadable(Person who, String spaceId) {
    var lives = rooms.spaces().find(spaceId).filter(space -> !space.deleted()).isPresent();
    return lives ? Reply.FORBIDDEN : SpacesApi.absent(who);
  }

  Reply list(Call call, String spaceId) {
    if (readable(call.who(), spaceId).isEmpty()) {
      return unreadable(call.who(), spaceId);
    }
    var query = call.query();
    var order = query.last(query.has("orderBy") ? "orderBy" : "order_by");
    var removed = query.last(query.has("showDeleted") ? "showDeleted" : "show_deleted");
    var words = order.strip().split("\\s+", -1);
    var descending = words.length == 2 && words[1].equalsIgnoreCase("DESC");
    var ordered =
        order.isBlank()
            || (FieldName.camel(words[0]).equals("createTime")
                && (words.length == 1 || descending || words[1].equalsIgnoreCase("ASC"))
                && words.length <= 2);
    if (!ordered) {
      return Reply.invalid(
          "order_by", "order_by: wanted createTime ASC or createTime DESC, got «" + order + "»");
    }
    var text = query.last("filter");
    return switch (FilterText.parse(text, spaceId, rooms.messages()::threadPosition)) {
      case FilterText.Bad(var why) -> Reply.invalid("filter", why);
      case FilterText.Nothing _ -> new Reply.Json(Map.of());
      case FilterText.Good(var after, var before, var thread) -> {
        var filter = new MessageFilter(after, before, thread, descending, removed.equals("true"));
        var listing = "messages " + spaceId + " " + text + " " + descending + " " + removed;
        yield switch (Paging.of(query, USUAL_PAGE, MOST_PAGE, listing)) {
          case Paging.Bad(var reply) -> reply;
          case Paging.Good(var page) -> page(spaceId, filter, page);
        };
      }
    };
  }

  private Reply page(String spaceId, MessageFilter filter, Paging page) {
    long cursor;
    try {
      cursor = page.cursor().isEmpty() ? 0 : Long.parseLong(page.cursor());
    } catch (NumberFormatException e) {
      return Reply.invalid("page_token", "page_token is not one of this listing");
    }
    var found = new ArrayList<>(rooms.messages().list(spaceId, filter, cursor, page.size() + 1));
    var more = found.size() > page.size();
    if (more) {
      found.removeLast();
    }
    var webhooks = new HashMap<String, Webhook>();
    rooms.webhooks().ever(spaceId).forEach(webhook -> webhooks.put(webhook.id(), webhook));
    var answer = new LinkedHashMap<String, Object>();
    answer.put(
        "messages",
        found.stream()
            .map(message -> Shapes.message(message, webhooks.get(message.webhookId())))
            .toList());
    if (more) {
      answer.put("nextPageToken", page.next(String.valueOf(found.getLast().position())));
    }
    return new Reply.Json(answer);
  }

  Reply get(Call call, String spaceId, String id) {
    if (readable(call.who(), spaceId).isEmpty()) {
      return unreadable(call.who(), spaceId);
    }
    return rooms
        .messages()
        .find(spaceId, id)
        .<Reply>map(message -> new Reply.Json(shape(message)))
        .orElse(Reply.NOT_FOUND);
  }

  private Map<String, Object> shape(Message message) {
    var webhook =
        rooms.webhooks().ever(message.spaceId()).stream()
            .filter(known -> known.id().equals(message.webhookId()))
            .findFirst();
    return Shapes.message(message, webhook.orElse(null));
  }

  /// Takes a message's content away; a line that says by whom stays.
  Reply delete(Call call, String spaceId, String id) {
    if (!rooms.spaces().mayManage(call.who(), spaceId)) {
      return Reply.FORBIDDEN;
    }
    var message = rooms.messages().find(spaceId, id).filter(found -> found.removedBy() == null);
    if (message.isEmpty() || !rooms.messages().remove(message.get(), call.who().displayName())) {
      return Reply.NOT_FOUND;
    }
    rooms.spaces().audit(spaceId, call.who(), "message.remove", message.get().name());
    return Reply.EMPTY;
  }
}
