package campana.server.web;

import campana.server.Change;
import campana.server.people.Person;
import campana.server.people.SignIn;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `/v1/users`, `/v1/signInLinks`, `/v1/tokens`: for owners, and for everybody what is their own.
final class PeopleApi {
  private static final int USUAL_PAGE = 100;
  private static final int MOST_PAGE = 1000;
  private static final Set<String> USER =
      Set.of("name", "email", "displayName", "chatApps", "owner", "createTime");
  private static final Set<String> CHANGEABLE = Set.of("email", "displayName", "chatApps", "owner");

  private final Rooms rooms;
  private final InstantSource clock;

  PeopleApi(Rooms rooms, InstantSource clock) {
    this.rooms = rooms;
    this.clock = clock;
  }

  Reply list(Call call) {
    if (!call.who().owner()) {
      return Reply.FORBIDDEN;
    }
    return switch (Paging.of(call.query(), USUAL_PAGE, MOST_PAGE, "users")) {
      case Paging.Bad(var reply) -> reply;
      case Paging.Good(var page) ->
          new Reply.Json(page.slice("users", rooms.people().list(), Shapes::person));
    };
  }

  /// Invites somebody; the answer alone has the invitation's link.
  Reply create(Call call) {
    if (!call.who().owner()) {
      return Reply.FORBIDDEN;
    }
    var fields = Fields.read(call.body(), "user", USER);
    var email = fields.textOr("email", "");
    var name = fields.textOr("displayName", "");
    var owner = fields.flag("owner");
    if (email.isEmpty()) {
      fields.complain("user.email", "user.email: wanted an address such as ada@example.org");
    }
    if (fields.isWrong()) {
      return fields.refused();
    }
    return Reply.of(
        rooms.people().create(email, name, owner != null && owner),
        person -> {
          var shape = Shapes.person(person);
          shape.put("invitationUrl", rooms.signInUrl(rooms.signIn().invitation(person)));
          return shape;
        });
  }

  /// @param id digits, an email, or `me`
  private Optional<Person> find(Person who, String id) {
    if (id.equals("me")) {
      return Optional.of(who);
    }
    return id.contains("@") ? rooms.people().byEmail(id) : rooms.people().byId(id);
  }

  private static boolean allowed(Person who, Optional<Person> whom) {
    return who.owner() || (whom.isPresent() && whom.get().id().equals(who.id()));
  }

  Reply get(Call call, String id) {
    var person = find(call.who(), id);
    if (!allowed(call.who(), person)) {
      return Reply.FORBIDDEN;
    }
    return person.<Reply>map(p -> new Reply.Json(Shapes.person(p))).orElse(Reply.NOT_FOUND);
  }

  Reply change(Call call, String id) {
    var person = find(call.who(), id);
    if (!allowed(call.who(), person)) {
      return Reply.FORBIDDEN;
    }
    if (person.isEmpty()) {
      return Reply.NOT_FOUND;
    }
    var fields = Fields.read(call.body(), "user", USER);
    var mask = Mask.of(call.query(), fields, CHANGEABLE);
    var name = fields.textOr("displayName", "");
    var email = fields.textOr("email", "");
    var apps = fields.flag("chatApps");
    var owner = fields.flag("owner");
    if (fields.isWrong()) {
      return fields.refused();
    }
    var key = person.get().id();
    Change<Person> done = new Change.Done<>(person.get());
    if (mask.covers("owner", fields)) {
      if (!call.who().owner()) {
        return Reply.FORBIDDEN;
      }
      done = rooms.people().setOwner(key, owner != null && owner);
    }
    if (done.done().isPresent() && mask.covers("email", fields)) {
      done = rooms.people().setEmail(key, email);
    }
    if (done.done().isPresent() && mask.covers("displayName", fields)) {
      done = rooms.people().rename(key, name);
    }
    if (done.done().isPresent() && mask.covers("chatApps", fields)) {
      done = rooms.people().setChatApps(key, apps != null && apps);
    }
    return Reply.of(done, Shapes::person);
  }

  Reply remove(Call call, String id) {
    if (!call.who().owner()) {
      return Reply.FORBIDDEN;
    }
    return find(call.who(), id)
        .map(person -> Reply.of(rooms.people().remove(person.id()), _ -> Map.of()))
        .orElse(Reply.NOT_FOUND);
  }

  /// A fresh link: one's own, or as an owner anybody's.
  Reply signInLink(Call call) {
    var fields = Fields.read(call.body(), "signInLink", Set.of("email"));
    var email = fields.textOr("email", "");
    if (fields.isWrong()) {
      return fields.refused();
    }
    var person = email.isEmpty() ? Optional.of(call.who()) : rooms.people().byEmail(email);
    if (!allowed(call.who(), person)) {
      return Reply.FORBIDDEN;
    }
    if (person.isEmpty()) {
      return Reply.invalid("email", "email: nobody here has the address «" + email + "»");
    }
    var answer = new LinkedHashMap<String, Object>();
    var until = Instant.ofEpochMilli(clock.millis()).plus(SignIn.LINK_LIFE);
    answer.put("url", rooms.signInUrl(rooms.signIn().link(person.get())));
    answer.put("expireTime", until.toString());
    return new Reply.Json(answer);
  }

  Reply tokens(Call call) {
    return switch (Paging.of(call.query(), USUAL_PAGE, MOST_PAGE, "tokens")) {
      case Paging.Bad(var reply) -> reply;
      case Paging.Good(var page) ->
          new Reply.Json(page.slice("tokens", rooms.tokens().list(call.who()), Shapes::token));
    };
  }

  /// Makes a token; the answer alone has its secret.
  Reply createToken(Call call) {
    var fields = Fields.read(call.body(), "token", Set.of("displayName", "user"));
    var name = fields.textOr("displayName", "");
    var user = fields.textOr("user", "users/me");
    if (fields.isWrong()) {
      return fields.refused();
    }
    var id = user.startsWith("users/") ? user.substring("users/".length()) : user;
    var person = find(call.who(), id);
    if (!allowed(call.who(), person)) {
      return Reply.FORBIDDEN;
    }
    if (person.isEmpty()) {
      return Reply.invalid("token.user", "token.user: nobody here is «" + user + "»");
    }
    return Reply.of(
        rooms.tokens().create(person.get(), name),
        issued -> {
          var shape = Shapes.token(issued.token());
          shape.put("token", issued.secret());
          return shape;
        });
  }

  Reply deleteToken(Call call, String id) {
    return rooms.tokens().delete(call.who(), id) ? Reply.EMPTY : Reply.NOT_FOUND;
  }
}
