package campana.server.web.page;

import campana.http.Answers;
import campana.http.Bodies;
import campana.http.Body;
import io.helidon.http.HeaderNames;
import io.helidon.http.Method;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// All addresses of the pages. Whoever is not signed in reaches the doors only; a POST without its
/// page's token changes nothing.
public final class Pages {
  private static final int MOST_FORM_BYTES = 64 * 1024;
  private static final Pattern LIKE_THE_WIRE = Pattern.compile("/v[0-9].*|.*/messages/?");

  private final PageParts parts;
  private final LiveStreams streams;

  public Pages(PageParts parts) {
    this.parts = parts;
    this.streams = new LiveStreams(parts.signIn(), parts.spaces());
  }

  /// Those that are open.
  public LiveStreams streams() {
    return streams;
  }

  public void addTo(HttpRules rules) {
    rules.get("/assets/{file}", Pages::asset);
    rules
        .get("/sign-in", open(SignInPages::form))
        .post("/sign-in", openForm(SignInPages::password));
    rules
        .get("/sign-in/{token}", open(SignInPages::link))
        .post("/sign-in/{token}", openForm(SignInPages::redeem));
    rules.post("/language", openForm(OwnPages::browserLanguage));
    rules.post("/sign-out", form(SignInPages::out));

    rules.get("/", page(HomePages::home));
    rules
        .get("/spaces/new", page(HomePages::newSpace))
        .post("/spaces/new", form(HomePages::create));
    rules
        .get("/direct/new", page(HomePages::newDirect))
        .post("/direct/new", form(HomePages::direct));

    rules.get("/spaces/{space}", page(SpacePages::space));
    rules.get("/spaces/{space}/threads/{thread}", page(SpacePages::thread));
    rules.post("/spaces/{space}/messages/{position}/remove", form(SpacePages::remove));

    rules.get("/spaces/{space}/apps", page(AppsPages::list));
    rules
        .get("/spaces/{space}/apps/new", page(AppsPages::add))
        .post("/spaces/{space}/apps/new", form(AppsPages::create));
    rules
        .get("/spaces/{space}/apps/{hook}", page(AppsPages::edit))
        .post("/spaces/{space}/apps/{hook}", form(AppsPages::change));
    rules
        .get("/spaces/{space}/apps/{hook}/rotate", page(AppsPages::askRotate))
        .post("/spaces/{space}/apps/{hook}/rotate", form(AppsPages::rotate));
    rules
        .get("/spaces/{space}/apps/{hook}/delete", page(AppsPages::askDelete))
        .post("/spaces/{space}/apps/{hook}/delete", form(AppsPages::delete));

    rules.post("/spaces/{space}/rehearsal", form(RehearsalPages::start));
    rules.post("/spaces/{space}/rehearsal/stop", form(RehearsalPages::stop));

    rules.get("/spaces/{space}/settings", page(SettingsPages::show));
    rules.post("/spaces/{space}/settings/name", form(SettingsPages::rename));
    rules.post("/spaces/{space}/settings/description", form(SettingsPages::describe));
    rules.post("/spaces/{space}/settings/quota", form(SettingsPages::quota));
    rules.post("/spaces/{space}/settings/members", form(SettingsPages::addMember));
    rules.post("/spaces/{space}/settings/members/remove", form(SettingsPages::removeMember));
    rules
        .get("/spaces/{space}/delete", page(SettingsPages::askDelete))
        .post("/spaces/{space}/delete", form(SettingsPages::delete));
    rules.post("/spaces/{space}/restore", form(SettingsPages::restore));
    rules.get("/spaces/*", page(Visit::missing));

    rules.get("/organisation", page(OrganisationPages::show));
    rules.post("/organisation/policy", form(OrganisationPages::policy));
    rules.post("/organisation/people", form(OrganisationPages::invite));
    rules.post("/organisation/people/link", form(OrganisationPages::link));

    rules.get("/me", page(OwnPages::show));
    rules.post("/me/language", form(OwnPages::language));
    rules.post("/me/apps", form(OwnPages::chatApps));
    rules.post("/me/password", form(OwnPages::password));

    rules.route(
        Method.GET,
        "/live",
        open(visit -> LiveStream.serve(visit, streams))); // HEAD would hold one open
  }

  /// What a browser gets at an address that is nobody's; after all other routes. Where a sender may
  /// have meant the API it is left to the answer that senders know.
  public void addMissing(HttpRules rules) {
    var missing = open(Visit::missing);
    rules.get(
        "/*",
        (request, response) -> {
          var accept = request.headers().first(HeaderNames.ACCEPT).orElse("");
          if (accept.contains("text/html")
              && !LIKE_THE_WIRE.matcher(request.path().rawPath()).matches()) {
            missing.handle(request, response);
          } else {
            response.next();
          }
        });
  }

  /// A page for everybody.
  private Handler open(Consumer<Visit> page) {
    return (request, response) -> page.accept(new Visit(parts, request, response, Map.of()));
  }

  /// A page for who is signed in; others are let in first and come back to it.
  private Handler page(Consumer<Visit> page) {
    return open(visit -> {
      if (visit.signedIn()) {
        page.accept(visit);
      } else {
        var here = visit.request().path().rawPath();
        visit.go(
            here.equals("/")
                ? "/sign-in"
                : "/sign-in?next=" + URLEncoder.encode(here, StandardCharsets.UTF_8));
      }
    });
  }

  private Handler openForm(Consumer<Visit> action) {
    return (request, response) -> {
      switch (Bodies.read(request, MOST_FORM_BYTES)) {
        case Body.Refused refused -> Answers.refused(response, refused);
        case Body.Complete(var bytes) -> {
          var visit = new Visit(parts, request, response, fields(bytes));
          if (visit.ours()) {
            action.accept(visit);
          } else {
            var w = visit.words();
            visit.trouble(
                403, w.say("denied.form"), w.say("denied.form.help"), "/", w.say("to.home"));
          }
        }
      }
    };
  }

  private Handler form(Consumer<Visit> action) {
    return openForm(visit -> {
      if (visit.signedIn()) {
        action.accept(visit);
      } else {
        visit.go("/sign-in");
      }
    });
  }

  private static Map<String, String> fields(byte[] body) {
    var fields = new HashMap<String, String>();
    for (var pair : new String(body, StandardCharsets.UTF_8).split("&", -1)) {
      var equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  // A lone % is no browser's; as it stands it is no field of ours either.
  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  private static void asset(ServerRequest request, ServerResponse response) {
    var found = Assets.find(request.path().pathParameters().get("file"));
    if (found.isEmpty()) {
      Answers.notFound(response);
      return;
    }
    response.header("Content-Type", found.get().type());
    response.header("Cache-Control", "public, max-age=31536000, immutable");
    response.header("X-Content-Type-Options", "nosniff");
    response.send(found.get().bytes());
  }
}
