package campana.server.web.page;

import java.util.regex.Pattern;

/// The doors: a one-time link, or email and password. A GET never uses a link up, as mail scanners
/// and previews send those.
final class SignInPages {
  private static final Pattern OURS = Pattern.compile("(/[A-Za-z0-9_-]+)+");

  private SignInPages() {}

  static void form(Visit visit) {
    if (visit.signedIn()) {
      visit.go("/");
      return;
    }
    show(visit, 200, "", "", next(visit.query("next")));
  }

  private static void show(Visit visit, int status, String email, String wrong, String next) {
    var shell = visit.door(visit.words().say("sign.in"));
    visit.show(
        status, out -> JtesigninGenerated.render(out, Untouched.TAGS, shell, email, wrong, next));
  }

  static void password(Visit visit) {
    var email = visit.field("email");
    var next = next(visit.field("next"));
    var people = visit.parts().people();
    if (people.mustWait(email).isPresent()) {
      show(visit, 429, email, visit.words().say("door.slow"), next);
      return;
    }
    var person = people.checkPassword(email, visit.secret("password"));
    if (person.isEmpty()) {
      show(visit, 403, email, visit.words().say("door.wrong"), next);
      return;
    }
    visit.cookies().setSession(visit.parts().signIn().open(person.get()));
    visit.go(next);
  }

  /// Where to go after the door: a path of ours, never another host.
  static String next(String wish) {
    return OURS.matcher(wish).matches() ? wish : "/";
  }

  static void link(Visit visit) {
    if (visit.parts().signIn().peek(visit.path("token")).isEmpty()) {
      expired(visit);
      return;
    }
    var shell = visit.door(visit.words().say("sign.in"));
    var action = "/sign-in/" + visit.path("token");
    visit.show(out -> JtelinkGenerated.render(out, Untouched.TAGS, shell, action));
  }

  static void redeem(Visit visit) {
    var session = visit.parts().signIn().redeem(visit.path("token"));
    if (session.isEmpty()) {
      expired(visit);
      return;
    }
    visit.cookies().setSession(session.get());
    visit.go("/");
  }

  private static void expired(Visit visit) {
    var w = visit.words();
    visit.trouble(
        410,
        w.say("door.expired"),
        w.say("door.expired.help"),
        visit.signedIn() ? "/" : "/sign-in",
        visit.signedIn() ? w.say("to.home") : w.say("to.sign.in"));
  }

  static void out(Visit visit) {
    visit.parts().signIn().signOut(visit.cookies().session());
    visit.cookies().endSession();
    visit.go("/sign-in");
  }
}
