package campana.server.web.page;

import campana.server.Change;
import campana.server.people.Person;
import campana.server.policy.Policy;
import java.util.List;

/// Settings of the organisation: its switches, its people, its spaces. For owners.
final class OrganisationPages {
  private record Again(String email, String wrongEmail, String name, String wrongName) {
    static final Again NOTHING = new Again("", "", "", "");
  }

  private OrganisationPages() {}

  private static boolean refused(Visit visit) {
    if (visit.person().owner()) {
      return false;
    }
    var w = visit.words();
    visit.trouble(403, w.say("denied"), w.say("denied.owner.help"), "/", w.say("to.home"));
    return true;
  }

  static void show(Visit visit) {
    if (!refused(visit)) {
      show(visit, 200, Again.NOTHING, "", "");
    }
  }

  private static void show(
      Visit visit, int status, Again again, String invited, String invitation) {
    var policies = visit.parts().policies();
    var policy = policies.current();
    var page =
        new Views.OrganisationPage(
            visit.shell(visit.words().say("organisation"), "/organisation"),
            policies.pinned(),
            policy.webhooks(),
            policy.webhooksInDirectMessages(),
            visit.parts().people().list().stream().map(p -> choice(visit, p)).toList(),
            invited,
            invitation,
            again.email(),
            again.wrongEmail(),
            again.name(),
            again.wrongName(),
            spaces(visit));
    visit.show(status, out -> JteorganisationGenerated.render(out, Untouched.TAGS, page));
  }

  private static Views.Choice choice(Visit visit, Person person) {
    var w = visit.words();
    var more =
        java.util.stream.Stream.of(person.email(), person.owner() ? w.say("people.owner") : "")
            .filter(text -> !text.isEmpty())
            .collect(java.util.stream.Collectors.joining(" · "));
    var self = person.id().equals(visit.person().id());
    return new Views.Choice(
        self ? "" : person.id(),
        self ? person.displayName() + " (" + w.say("people.you") + ")" : person.displayName(),
        more,
        Avatar.of(person.displayName(), ""));
  }

  private static List<Views.Choice> spaces(Visit visit) {
    var spaces = visit.parts().spaces();
    return spaces.list().stream()
        .filter(space -> !space.displayName().isEmpty())
        .map(space ->
            new Views.Choice(
                "/spaces/" + space.id() + "/settings",
                space.displayName(),
                visit.words().count("space.people", spaces.members(space.id()).size()),
                Avatar.of(space.displayName(), "")))
        .toList();
  }

  static void policy(Visit visit) {
    if (refused(visit)) {
      return;
    }
    var wish = new Policy(visit.field("webhooks").equals("on"), visit.field("direct").equals("on"));
    var done = visit.parts().policies().set(wish).done().isPresent();
    visit.go("/organisation", visit.words().say(done ? "policy.saved" : "policy.pinned"));
  }

  static void invite(Visit visit) {
    if (refused(visit)) {
      return;
    }
    var email = visit.field("email");
    var name = visit.field("name");
    var w = visit.words();
    switch (visit.parts().people().create(email, name, false)) {
      case Change.Done<Person>(var person) ->
          showLink(visit, person, visit.parts().signIn().invitation(person));
      case Change.Taken<Person> _ ->
          show(visit, 409, new Again(email, w.say("wrong.email.taken"), name, ""), "", "");
      case Change.Wrong<Person>(var field, _) ->
          show(
              visit,
              400,
              field.equals("email")
                  ? new Again(email, w.say("wrong.email"), name, "")
                  : new Again(email, "", name, w.say("wrong.name")),
              "",
              "");
      case Change.Missing<Person> _ -> visit.missing();
      case Change.Forbidden<Person> _ -> visit.missing();
    }
  }

  /// A fresh link for somebody who lost theirs.
  static void link(Visit visit) {
    if (refused(visit)) {
      return;
    }
    visit
        .parts()
        .people()
        .byId(visit.field("person"))
        .ifPresentOrElse(
            person -> showLink(visit, person, visit.parts().signIn().link(person)), visit::missing);
  }

  /// Shown once, in the answer itself: the link is kept nowhere.
  private static void showLink(Visit visit, Person person, String token) {
    var url = visit.parts().base().get() + "/sign-in/" + token;
    show(visit, 200, Again.NOTHING, person.displayName(), url);
  }
}
