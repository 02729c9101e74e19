package campana.server.web.page;

/// One's own settings: language, Chat apps, password.
final class OwnPages {
  private OwnPages() {}

  static void show(Visit visit) {
    show(visit, 200, "", "", "");
  }

  private static void show(
      Visit visit, int status, String typedEmail, String wrongEmail, String wrongPassword) {
    var person = visit.person();
    var page =
        new Views.MePage(
            visit.shell(visit.words().say("me"), "/me"),
            person.language(),
            person.chatApps(),
            person.email(),
            person.hasPassword(),
            typedEmail,
            wrongEmail,
            wrongPassword);
    visit.show(status, out -> JtemeGenerated.render(out, Untouched.TAGS, page));
  }

  static void language(Visit visit) {
    var language = visit.field("language");
    var done = visit.parts().people().setLanguage(visit.person().id(), language);
    visit.cookies().setLanguage(language);
    var w = done.done().isPresent() && !language.isEmpty() ? Words.of(language) : visit.words();
    visit.go("/me", w.say("me.saved"));
  }

  /// At the door, before anybody is known.
  static void browserLanguage(Visit visit) {
    var language = visit.field("language");
    if (Words.LANGUAGES.contains(language)) {
      visit.cookies().setLanguage(language);
    }
    visit.go(SignInPages.next(visit.field("here"))); // a link is not lost over it
  }

  static void chatApps(Visit visit) {
    visit.parts().people().setChatApps(visit.person().id(), visit.field("apps").equals("on"));
    visit.go("/me", visit.words().say("me.saved"));
  }

  static void password(Visit visit) {
    var w = visit.words();
    var people = visit.parts().people();
    var id = visit.person().id();
    var email = visit.field("email");
    if (visit.person().email().isEmpty()) {
      var set = people.setEmail(id, email);
      if (set.done().isEmpty()) {
        var taken = set instanceof campana.server.Change.Taken<?>;
        show(visit, 400, email, w.say(taken ? "wrong.email.taken" : "wrong.email"), "");
        return;
      }
    }
    var done = people.setPassword(id, visit.secret("password"));
    if (done.done().isEmpty()) {
      show(visit, 400, email, "", w.say("wrong.password"));
      return;
    }
    // All sessions have ended, this one too.
    visit.cookies().setSession(visit.parts().signIn().open(done.done().get()));
    visit.go("/me", w.say("password.saved"));
  }
}
