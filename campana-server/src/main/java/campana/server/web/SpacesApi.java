package campana.server.web;

import campana.server.people.Person;
import campana.server.quota.QuotaRate;
import campana.server.space.NewSpace;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.wire.FieldName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `/v1/spaces` and `/v1/spaces/S/members` in Google's shapes, with our `quota` besides.
///
/// Whoever may neither read nor manage a space gets the same 403 as for one that never was.
final class SpacesApi {
  private static final int USUAL_PAGE = 100;
  private static final int MOST_PAGE = 1000;
  private static final Set<String> QUOTA = Set.of("rate", "burst");
  private static final Set<String> CHANGEABLE = Set.of("displayName", "quota", "spaceDetails");
  private static final Set<String> DETAILS = Set.of("description", "guidelines");

  /// google.chat.v1.Space, all of it: Google's clients send back what they got.
  private static final Set<String> SPACE =
      Set.of(
          "name",
          "type",
          "spaceType",
          "displayName",
          "spaceThreadingState",
          "threaded",
          "quota",
          "createTime",
          "spaceUri",
          "externalUserAllowed",
          "spaceHistoryState",
          "importMode",
          "spaceDetails",
          "adminInstalled",
          "membershipCount",
          "accessSettings",
          "customer",
          "singleUserBotDm",
          "predefinedPermissionSettings",
          "permissionSettings",
          "lastActiveTime",
          "importModeExpireTime",
          "members");

  private static final Set<String> MEMBERSHIP =
      Set.of("name", "state", "role", "member", "groupMember", "createTime", "deleteTime");
  private static final Set<String> USER =
      Set.of("name", "displayName", "domainId", "type", "isAnonymous", "email");

  private final Rooms rooms;

  SpacesApi(Rooms rooms) {
    this.rooms = rooms;
  }

  Reply list(Call call) {
    var filter = call.query().last("filter");
    var types = types(filter);
    if (types == null) {
      return Reply.invalid(
          "filter",
          "filter: wanted spaceType = \"SPACE\", alone or several joined by OR, got «"
              + filter
              + "»");
    }
    var who = call.who();
    return switch (Paging.of(call.query(), USUAL_PAGE, MOST_PAGE, "spaces " + filter)) {
      case Paging.Bad(var reply) -> reply;
      case Paging.Good(var page) -> {
        var found = new ArrayList<>(page(who, types, page.cursor(), page.size() + 1));
        var answer = new LinkedHashMap<String, Object>();
        var more = found.size() > page.size();
        if (more) {
          found.removeLast();
        }
        answer.put("spaces", found.stream().map(this::shape).toList());
        if (more) {
          answer.put("nextPageToken", page.next(found.getLast().id()));
        }
        yield new Reply.Json(answer);
      }
    };
  }

  private List<Space> page(Person who, Set<SpaceType> types, String after, int limit) {
    var found = new ArrayList<Space>();
    var cursor = after;
    while (found.size() < limit) {
      var next = rooms.spaces().page(who, cursor, limit);
      next.stream().filter(space -> types.contains(space.type())).forEach(found::add);
      if (next.size() < limit) {
        break;
      }
      cursor = next.getLast().id();
    }
    return found.size() > limit ? found.subList(0, limit) : found;
  }

  // Null: not understood. Google knows nothing but this one comparison here.
  private static @Nullable Set<SpaceType> types(String filter) {
    if (filter.isBlank()) {
      return Set.of(SpaceType.values());
    }
    var types = new ArrayList<SpaceType>();
    for (var part : filter.split("\\s+(?i:OR)\\s+", -1)) {
      var sides = part.strip().split("\\s*=\\s*", -1);
      if (sides.length != 2 || !FieldName.camel(sides[0]).equals("spaceType")) {
        return null;
      }
      var name = sides[1].replace("\"", "");
      var type = java.util.Arrays.stream(SpaceType.values()).filter(t -> t.name().equals(name));
      var known = type.findFirst();
      if (known.isEmpty()) {
        return null;
      }
      types.add(known.get());
    }
    return types.stream().collect(Collectors.toUnmodifiableSet());
  }

  Reply create(Call call) {
    var fields = Fields.read(call.body(), "space", SPACE);
    return create(call.who(), fields, fields.objects("members", MEMBERSHIP));
  }

  /// `spaces:setup`, Google's way to make a space with its members at once.
  Reply setup(Call call) {
    var fields = Fields.read(call.body(), "request", Set.of("space", "memberships", "requestId"));
    var space = fields.object("space", SPACE);
    var members = fields.objects("memberships", MEMBERSHIP);
    if (space == null) {
      fields.complain("request.space", "request.space: wanted a space, got none");
      return fields.refused();
    }
    return create(call.who(), space, members);
  }

  private Reply create(Person who, Fields fields, List<Fields> memberships) {
    var type = fields.oneOf("spaceType", SpaceType.class, "google.chat.v1.Space.SpaceType");
    var threading =
        fields.oneOf(
            "spaceThreadingState",
            ThreadingState.class,
            "google.chat.v1.Space.SpaceThreadingState");
    var name = fields.textOr("displayName", "");
    var description = description(fields);
    var quota = quota(fields);
    var members = new ArrayList<Person>();
    for (var membership : memberships) {
      person(membership, who).ifPresent(members::add);
    }
    if (fields.isWrong()) {
      return fields.refused();
    }
    var wish =
        new NewSpace(
            name,
            description,
            type == null ? SpaceType.SPACE : type,
            type == SpaceType.DIRECT_MESSAGE
                ? ThreadingState.UNTHREADED_MESSAGES
                : threading == null ? ThreadingState.THREADED_MESSAGES : threading,
            quota,
            members);
    return Reply.of(rooms.spaces().create(wish, who), this::shape);
  }

  /// `spaceDetails.description`. Google's guidelines have no place here: known, and dropped.
  private static String description(Fields fields) {
    var details = fields.object("spaceDetails", DETAILS);
    return details == null ? "" : details.textOr("description", "");
  }

  private static @Nullable QuotaRate quota(Fields fields) {
    var quota = fields.object("quota", QUOTA);
    if (quota == null) {
      return null;
    }
    var rate = quota.textOr("rate", "1/s");
    var burst = quota.number("burst");
    try {
      return QuotaRate.parse(rate, burst == null ? 1 : burst);
    } catch (IllegalArgumentException e) {
      fields.complain("space.quota", String.valueOf(e.getMessage()));
      return null;
    }
  }

  /// The person a membership names, `users/ID`, `users/me` for the caller, or an email; complains
  /// where there is none.
  private Optional<Person> person(Fields membership, Person caller) {
    var user = membership.object("member", USER);
    if (user == null) {
      membership.complain("member", "member: wanted {\"name\": \"users/ID\"}, or an email in it");
      return Optional.empty();
    }
    var name = user.textOr("name", user.textOr("email", ""));
    var found = name.equals("users/me") ? Optional.of(caller) : find(name);
    if (found.isEmpty()) {
      membership.complain(
          "member.name", "member.name: nobody here is «" + name + "»; wanted users/ID or an email");
    }
    return found;
  }

  private Optional<Person> find(String name) {
    var id = name.startsWith("users/") ? name.substring("users/".length()) : name;
    return id.contains("@") ? rooms.people().byEmail(id) : rooms.people().byId(id);
  }

  Reply get(Call call, String id) {
    return seen(call.who(), id)
        .<Reply>map(space -> new Reply.Json(shape(space)))
        .orElse(absent(call.who()));
  }

  /// A living space that this person may know of.
  private Optional<Space> seen(Person who, String id) {
    return rooms.spaces().mayRead(who, id) || rooms.spaces().mayManage(who, id)
        ? rooms.spaces().find(id).filter(space -> !space.deleted())
        : Optional.empty();
  }

  /// What is answered for a space that is not there: whoever administers everything may know so.
  static Reply absent(Person who) {
    return who.owner() ? Reply.NOT_FOUND : Reply.FORBIDDEN;
  }

  Reply change(Call call, String id) {
    if (!rooms.spaces().mayManage(call.who(), id)) {
      return Reply.FORBIDDEN;
    }
    var fields = Fields.read(call.body(), "space", SPACE);
    var mask = Mask.of(call.query(), fields, CHANGEABLE);
    var name = fields.textOr("displayName", "");
    var description = description(fields);
    var quota = quota(fields);
    if (fields.isWrong()) {
      return fields.refused();
    }
    if (mask.covers("displayName", fields)) {
      var done = rooms.spaces().rename(id, name);
      if (done.done().isEmpty()) {
        return Reply.of(done, this::shape);
      }
    }
    if (mask.covers("spaceDetails", fields)) {
      var done = rooms.spaces().describe(id, description);
      if (done.done().isEmpty()) {
        return Reply.of(done, this::shape);
      }
    }
    if (mask.covers("quota", fields)) {
      var done = rooms.spaces().setQuota(id, quota);
      if (done.done().isEmpty()) {
        return Reply.of(done, this::shape);
      }
    }
    return get(call, id);
  }

  Reply delete(Call call, String id) {
    return rooms.spaces().mayManage(call.who(), id)
        ? Reply.of(rooms.spaces().delete(id, call.who()), _ -> Map.of())
        : Reply.FORBIDDEN;
  }

  Reply restore(Call call, String id) {
    return rooms.spaces().mayManage(call.who(), id)
        ? Reply.of(rooms.spaces().restore(id, call.who()), this::shape)
        : Reply.FORBIDDEN;
  }

  Reply members(Call call, String id) {
    if (seen(call.who(), id).isEmpty()) {
      return absent(call.who());
    }
    return switch (Paging.of(call.query(), USUAL_PAGE, MOST_PAGE, "members " + id)) {
      case Paging.Bad(var reply) -> reply;
      case Paging.Good(var page) ->
          new Reply.Json(page.slice("memberships", rooms.spaces().members(id), Shapes::member));
    };
  }

  Reply member(Call call, String id, String personId) {
    if (seen(call.who(), id).isEmpty()) {
      return absent(call.who());
    }
    return find(personId)
        .flatMap(person -> rooms.spaces().member(id, person))
        .<Reply>map(member -> new Reply.Json(Shapes.member(member)))
        .orElse(Reply.NOT_FOUND);
  }

  Reply addMember(Call call, String id) {
    if (!rooms.spaces().mayManage(call.who(), id)) {
      return Reply.FORBIDDEN;
    }
    var fields = Fields.read(call.body(), "membership", MEMBERSHIP);
    var role = fields.textOr("role", "ROLE_MEMBER");
    if (!role.equals("ROLE_MEMBER") && !role.equals("ROLE_MANAGER")) {
      fields.complain(
          "membership.role", "membership.role: wanted ROLE_MEMBER or ROLE_MANAGER, got " + role);
    }
    var person = person(fields, call.who());
    if (fields.isWrong() || person.isEmpty()) {
      return fields.refused();
    }
    var manager = role.equals("ROLE_MANAGER");
    return Reply.of(
        rooms.spaces().addMember(id, person.get(), manager, call.who()), Shapes::member);
  }

  Reply removeMember(Call call, String id, String personId) {
    var person = find(personId);
    var self = person.isPresent() && person.get().id().equals(call.who().id());
    var allowed =
        rooms.spaces().mayManage(call.who(), id)
            || (self && rooms.spaces().mayRead(call.who(), id));
    if (!allowed) {
      return Reply.FORBIDDEN;
    }
    return person.isEmpty()
        ? Reply.NOT_FOUND
        : Reply.of(rooms.spaces().removeMember(id, person.get(), call.who()), _ -> Map.of());
  }

  private Map<String, Object> shape(Space space) {
    return Shapes.space(space, rooms.settings().get().quota(), rooms.base().get());
  }
}
