package campana.server.web.page;

import campana.server.space.Space;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A space with its messages, and a thread beside them.
final class SpacePages {
  private SpacePages() {}

  /// Calls `found` with the space of this address where the reader may do something there; else
  /// answers that there is none.
  ///
  /// @param reading whether `found` shows messages: for members only
  static void with(Visit visit, boolean reading, Consumer<Space> found) {
    var spaces = visit.parts().spaces();
    var space = spaces.find(visit.path("space"));
    var reads = space.isPresent() && spaces.mayRead(visit.person(), space.get().id());
    var manages = space.isPresent() && spaces.mayManage(visit.person(), space.get().id());
    var w = visit.words();
    if (space.isEmpty() || !(reads || manages)) {
      visit.missing();
    } else if (space.get().deleted()) {
      if (manages) {
        SettingsPages.deleted(visit, space.get());
      } else {
        visit.missing();
      }
    } else if (reading && !reads) {
      visit.trouble(
          403,
          w.say("denied.read"),
          w.say("denied.read.help"),
          "/spaces/" + space.get().id() + "/settings",
          w.say("to.settings"));
    } else {
      found.accept(space.get());
    }
  }

  /// The same for what only managers do.
  static void withManaged(Visit visit, Consumer<Space> found) {
    with(
        visit,
        false,
        space -> {
          if (manages(visit, space)) {
            found.accept(space);
          } else {
            var w = visit.words();
            visit.trouble(
                403,
                w.say("denied"),
                w.say("denied.help"),
                "/spaces/" + space.id(),
                w.say("messages"));
          }
        });
  }

  static boolean manages(Visit visit, Space space) {
    return visit.parts().spaces().mayManage(visit.person(), space.id());
  }

  static Views.SpaceHead head(Visit visit, Space space, String backHref) {
    return new Views.SpaceHead(
        visit.title(space),
        space.description(),
        "/spaces/" + space.id(),
        backHref,
        manages(visit, space));
  }

  static FeedViews feed(Visit visit, Space space) {
    return new FeedViews(visit.parts(), space, visit.words(), visit.clock(), manages(visit, space));
  }

  static void space(Visit visit) {
    with(
        visit,
        true,
        space -> {
          var before = number(visit.query("before")).orElse(Long.MAX_VALUE);
          if (part(visit)) {
            var feed = feed(visit, space).page(before);
            var csrf = visit.cookies().csrf();
            visit.show(
                out -> JtefeedGenerated.render(out, Untouched.TAGS, visit.words(), feed, csrf));
          } else {
            show(visit, space, before, null);
          }
        });
  }

  static void thread(Visit visit) {
    with(
        visit,
        true,
        space -> {
          var panel =
              number(visit.path("thread")).flatMap(thread -> feed(visit, space).panel(thread));
          if (panel.isEmpty()) {
            visit.missing();
          } else if (part(visit)) {
            var csrf = visit.cookies().csrf();
            visit.show(out ->
                JtepanelGenerated.render(out, Untouched.TAGS, visit.words(), panel.get(), csrf));
          } else {
            show(visit, space, Long.MAX_VALUE, panel.get());
          }
        });
  }

  /// Whether our own script asks for a piece of the page. No other site can: it would have to ask
  /// first for this header, and is told no.
  private static boolean part(Visit visit) {
    return visit
        .request()
        .headers()
        .first(io.helidon.http.HeaderNames.create("X-Campana-Part"))
        .isPresent();
  }

  private static void show(Visit visit, Space space, long before, Views.@Nullable Panel panel) {
    var parts = visit.parts();
    var manages = manages(visit, space);
    var feed = feed(visit, space).page(before);
    var hooks = parts.webhooks().list(space.id());
    var curl = "";
    if (manages && feed.items().isEmpty() && !hooks.isEmpty()) {
      curl =
          "curl -sS '"
              + parts.webhooks().url(hooks.getFirst())
              + "' -d '{\"text\": \"Hello from a terminal\"}'";
    }
    var quota = space.quota() == null ? parts.quota().get() : space.quota();
    var forbidden = manages ? AppsPages.forbidden(visit, space) : "";
    var title = visit.title(space);
    var page =
        new Views.SpacePage(
            visit.shell(title, "/spaces/" + space.id()),
            head(visit, space, "/"),
            space.id(),
            quota.text(),
            feed,
            panel,
            hooks.size(),
            curl,
            forbidden,
            RehearsalPages.now(visit, space));
    visit.show(out -> JtespaceGenerated.render(out, Untouched.TAGS, page));
  }

  static void remove(Visit visit) {
    withManaged(
        visit,
        space -> {
          var message =
              number(visit.path("position"))
                  .flatMap(p -> visit.parts().messages().at(space.id(), p));
          if (message.isEmpty()) {
            visit.missing();
            return;
          }
          visit.parts().messages().remove(message.get(), visit.person().displayName());
          visit
              .parts()
              .spaces()
              .audit(space.id(), visit.person(), "message.remove", message.get().name());
          visit.go("/spaces/" + space.id(), visit.words().say("message.removed.done"));
        });
  }

  static Optional<Long> number(String text) {
    return text.matches("[1-9][0-9]{0,17}") ? Optional.of(Long.valueOf(text)) : Optional.empty();
  }
}
