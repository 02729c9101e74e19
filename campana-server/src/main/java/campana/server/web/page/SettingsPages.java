package campana.server.web.page;

import campana.server.Change;
import campana.server.quota.QuotaRate;
import campana.server.space.Member;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import java.util.List;
import java.util.Map;

/// Settings of a space: name, quota, members, deletion.
final class SettingsPages {
  /// What a form could not take, to show it again with the reason.
  private record Again(Map<String, String> typed, Map<String, String> wrong) {
    static final Again NOTHING = new Again(Map.of(), Map.of());

    static Again of(String field, String typed, String wrong) {
      return new Again(Map.of(field, typed), Map.of(field, wrong));
    }

    String value(String field, String stored) {
      return typed.getOrDefault(field, stored);
    }

    String wrong(String field) {
      return wrong.getOrDefault(field, "");
    }
  }

  private SettingsPages() {}

  static void show(Visit visit) {
    SpacePages.withManaged(visit, space -> show(visit, space, 200, Again.NOTHING));
  }

  private static void show(Visit visit, Space space, int status, Again again) {
    var parts = visit.parts();
    var standard = parts.quota().get();
    var quota = space.quota() == null ? standard : space.quota();
    var w = visit.words();
    var page =
        new Views.SettingsPage(
            visit.shell(w.say("space.settings"), "/spaces/" + space.id()),
            SpacePages.head(visit, space, "/spaces/" + space.id()),
            space.type() == SpaceType.DIRECT_MESSAGE,
            again.value("name", space.displayName()),
            again.wrong("name"),
            again.value("description", space.description()),
            again.wrong("description"),
            space.quota() != null,
            standard.text(),
            again.value("rate", quota.text()),
            again.wrong("rate"),
            again.value("burst", Integer.toString(quota.burst())),
            again.wrong("burst"),
            members(visit, space),
            again.value("email", ""),
            again.wrong("email"));
    visit.show(status, out -> JtesettingsGenerated.render(out, Untouched.TAGS, page));
  }

  private static List<Views.Choice> members(Visit visit, Space space) {
    var direct = space.type() == SpaceType.DIRECT_MESSAGE;
    return visit.parts().spaces().members(space.id()).stream()
        .map(member -> choice(visit.words(), member, direct))
        .toList();
  }

  private static Views.Choice choice(Words w, Member member, boolean direct) {
    var person = member.person();
    var role = member.manager() && !direct ? w.say("members.manager") : w.say("members.member");
    return new Views.Choice(
        direct ? "" : person.id(),
        person.displayName(),
        person.email().isEmpty() ? role : person.email() + " · " + role,
        Avatar.of(person.displayName(), ""));
  }

  private static String href(Space space) {
    return "/spaces/" + space.id() + "/settings";
  }

  static void rename(Visit visit) {
    SpacePages.withManaged(
        visit,
        space -> {
          var name = visit.field("name");
          var w = visit.words();
          if (visit.parts().spaces().rename(space.id(), name).done().isPresent()) {
            visit.go(href(space), w.say("space.renamed"));
          } else {
            show(visit, space, 400, Again.of("name", name, w.say("wrong.name")));
          }
        });
  }

  static void describe(Visit visit) {
    SpacePages.withManaged(
        visit,
        space -> {
          var text = visit.field("description");
          var w = visit.words();
          if (visit.parts().spaces().describe(space.id(), text).done().isPresent()) {
            visit.go(href(space), w.say("space.described"));
          } else {
            show(visit, space, 400, Again.of("description", text, w.say("wrong.description")));
          }
        });
  }

  static void quota(Visit visit) {
    SpacePages.withManaged(
        visit,
        space -> {
          var w = visit.words();
          if (visit.field("reset").equals("yes")) {
            visit.parts().spaces().setQuota(space.id(), null);
            visit.go(href(space), w.say("quota.saved"));
            return;
          }
          var rate = visit.field("rate");
          var burst = visit.field("burst");
          try {
            var number = SpacePages.number(burst).filter(b -> b <= 1000);
            if (number.isEmpty()) {
              var wrong = w.say("wrong.burst");
              show(
                  visit,
                  space,
                  400,
                  new Again(Map.of("rate", rate, "burst", burst), Map.of("burst", wrong)));
              return;
            }
            var quota = QuotaRate.parse(rate, number.get().intValue());
            visit.parts().spaces().setQuota(space.id(), quota);
            visit.go(href(space), w.say("quota.saved"));
          } catch (IllegalArgumentException e) { // its text is for the config's English
            var wrong = w.say("wrong.rate");
            show(
                visit,
                space,
                400,
                new Again(Map.of("rate", rate, "burst", burst), Map.of("rate", wrong)));
          }
        });
  }

  static void addMember(Visit visit) {
    SpacePages.withManaged(
        visit,
        space -> {
          var email = visit.field("email");
          var w = visit.words();
          var person = visit.parts().people().byEmail(email);
          var added =
              person.flatMap(p ->
                  visit
                      .parts()
                      .spaces()
                      .addMember(space.id(), p, keepsRole(visit, space, p), visit.person())
                      .done());
          if (added.isPresent()) {
            visit.go(href(space), w.say("members.added", added.get().person().displayName()));
          } else {
            var wrong = w.say("wrong.email.unknown");
            show(visit, space, 400, Again.of("email", email, wrong));
          }
        });
  }

  /// Adding somebody again takes no role away.
  private static boolean keepsRole(Visit visit, Space space, campana.server.people.Person person) {
    return visit.parts().spaces().member(space.id(), person).map(Member::manager).orElse(false);
  }

  static void removeMember(Visit visit) {
    SpacePages.withManaged(
        visit,
        space -> {
          var person = visit.parts().people().byId(visit.field("person"));
          var removed =
              person.flatMap(
                  p -> visit.parts().spaces().removeMember(space.id(), p, visit.person()).done());
          var notice =
              removed.map(p -> visit.words().say("members.removed", p.displayName())).orElse("");
          var still = SpacePages.manages(visit, space);
          visit.go(still ? href(space) : "/", notice);
        });
  }

  static void askDelete(Visit visit) {
    SpacePages.withManaged(
        visit,
        space -> {
          var w = visit.words();
          var page =
              new Views.ConfirmPage(
                  visit.shell(w.say("space.delete"), "/spaces/" + space.id()),
                  SpacePages.head(visit, space, href(space)),
                  w.say("space.delete.sure", visit.title(space)),
                  w.say("space.delete.what"),
                  "/spaces/" + space.id() + "/delete",
                  w.say("space.delete"),
                  true,
                  href(space));
          visit.show(out -> JteconfirmGenerated.render(out, Untouched.TAGS, page));
        });
  }

  static void delete(Visit visit) {
    SpacePages.withManaged(
        visit,
        space -> {
          visit.parts().spaces().delete(space.id(), visit.person());
          visit.go("/spaces/" + space.id());
        });
  }

  /// The page of a space that was deleted, for those who can take it back.
  static void deleted(Visit visit, Space space) {
    var w = visit.words();
    var when = space.deleteTime();
    var page =
        new Views.ConfirmPage(
            visit.shell(visit.title(space), ""),
            null,
            w.say("space.deleted", visit.title(space)),
            when == null ? "" : w.say("space.deleted.when", visit.clock().dateAndMinute(when)),
            "/spaces/" + space.id() + "/restore",
            w.say("space.restore"),
            false,
            "/");
    visit.show(410, out -> JteconfirmGenerated.render(out, Untouched.TAGS, page));
  }

  static void restore(Visit visit) {
    var spaces = visit.parts().spaces();
    var id = visit.path("space");
    if (!spaces.mayManage(visit.person(), id)) {
      visit.missing();
      return;
    }
    var done = spaces.restore(id, visit.person());
    switch (done) {
      case Change.Done<Space>(var space) ->
          visit.go("/spaces/" + space.id(), visit.words().say("space.restored"));
      case Change.Taken<Space> _ -> {
        var newer = spaces.find(id).flatMap(spaces::successor);
        visit.go(
            newer.map(space -> "/spaces/" + space.id()).orElse("/"),
            visit.words().say("space.restore.newer"));
      }
      case Change.Missing<Space> _, Change.Wrong<Space> _, Change.Forbidden<Space> _ ->
          visit.missing();
    }
  }
}
