package campana.server.web.page;

import campana.server.Change;
import campana.server.draw.MessageDrawing;
import campana.server.draw.MessageState;
import campana.server.space.NewSpace;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import java.util.List;

/// The first page, and what begins there: a new space, a new direct message.
final class HomePages {
  private HomePages() {}

  static void home(Visit visit) {
    var spaces =
        visit.parts().spaces().listFor(visit.person()).stream()
            .map(space -> glance(visit, space))
            .toList();
    var shell = visit.shell(visit.words().say("home"), "/");
    visit.show(out -> JtehomeGenerated.render(out, Untouched.TAGS, shell, spaces));
  }

  private static Views.Glance glance(Visit visit, Space space) {
    var title = visit.title(space);
    var href = "/spaces/" + space.id();
    var avatar = Avatar.of(title, "");
    var newest = visit.parts().messages().latest(space.id(), Long.MAX_VALUE, 1);
    if (newest.isEmpty()) {
      var quiet = visit.words().say("home.quiet");
      return new Views.Glance(href, title, avatar, MessageState.NONE, quiet, "");
    }
    var message = newest.getFirst();
    var removed = message.removedBy();
    var sameDay =
        visit
            .clock()
            .date(message.createTime())
            .equals(visit.clock().date(visit.parts().clock().instant()));
    return new Views.Glance(
        href,
        title,
        avatar,
        removed == null ? MessageDrawing.state(message.content()) : MessageState.NONE,
        removed == null
            ? MessageDrawing.plain(message.content())
            : visit.words().say("message.removed", removed),
        sameDay
            ? visit.clock().time(message.createTime())
            : visit.clock().dateAndMinute(message.createTime()));
  }

  static void newSpace(Visit visit) {
    showNew(visit, 200, "", "");
  }

  private static void showNew(Visit visit, int status, String name, String wrong) {
    var shell = visit.shell(visit.words().say("space.new"), "/spaces/new");
    visit.show(status, out -> JtespacenewGenerated.render(out, Untouched.TAGS, shell, name, wrong));
  }

  static void create(Visit visit) {
    var name = visit.field("name");
    var made = visit.parts().spaces().create(NewSpace.named(name), visit.person());
    made.done()
        .ifPresentOrElse(
            space -> visit.go("/spaces/" + space.id()),
            () -> showNew(visit, 400, name, visit.words().say("wrong.name")));
  }

  static void newDirect(Visit visit) {
    var people =
        visit.parts().people().list().stream()
            .filter(person -> !person.id().equals(visit.person().id()))
            .map(person ->
                new Views.Choice(
                    person.id(),
                    person.displayName(),
                    person.email(),
                    Avatar.of(person.displayName(), "")))
            .toList();
    var shell = visit.shell(visit.words().say("direct.new"), "/direct/new");
    visit.show(out -> JtedirectnewGenerated.render(out, Untouched.TAGS, shell, people));
  }

  /// Two people have one direct message: the one they have, or a new one.
  static void direct(Visit visit) {
    var parts = visit.parts();
    var other = parts.people().byId(visit.field("person"));
    if (other.isEmpty() || other.get().id().equals(visit.person().id())) {
      visit.go("/direct/new");
      return;
    }
    var theirs = parts.spaces().direct(visit.person(), other.get());
    if (theirs.isPresent()) {
      visit.go("/spaces/" + theirs.get().id());
      return;
    }
    var wish =
        new NewSpace(
            "",
            "",
            SpaceType.DIRECT_MESSAGE,
            ThreadingState.UNTHREADED_MESSAGES,
            null,
            List.of(visit.person(), other.get()));
    switch (parts.spaces().create(wish, visit.person())) {
      case Change.Done<Space>(var space) -> visit.go("/spaces/" + space.id());
      case Change.Wrong<Space> _,
          Change.Missing<Space> _,
          Change.Taken<Space> _,
          Change.Forbidden<Space> _ ->
          visit.go("/direct/new");
    }
  }
}
