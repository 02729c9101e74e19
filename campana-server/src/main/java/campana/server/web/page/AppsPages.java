package campana.server.web.page;

import campana.server.Change;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.webhook.Webhook;
import java.util.function.BiConsumer;

/// Apps & integrations: the webhooks of a space, the guide's way.
final class AppsPages {
  private AppsPages() {}

  private static String href(Space space) {
    return "/spaces/" + space.id() + "/apps";
  }

  static void list(Visit visit) {
    SpacePages.with(
        visit,
        false,
        space -> {
          var w = visit.words();
          var manages = SpacePages.manages(visit, space);
          var hooks =
              visit.parts().webhooks().list(space.id()).stream()
                  .map(hook -> hook(visit, hook, manages))
                  .toList();
          var page =
              new Views.AppsPage(
                  visit.shell(w.say("apps"), "/spaces/" + space.id()),
                  SpacePages.head(visit, space, "/spaces/" + space.id()),
                  space.id(),
                  visit.parts().messages().lastPosition(space.id()),
                  hooks,
                  forbidden(visit, space),
                  RehearsalPages.now(visit, space),
                  RehearsalPages.picks(w));
          visit.show(out -> JteappsGenerated.render(out, Untouched.TAGS, page));
        });
  }

  private static Views.Hook hook(Visit visit, Webhook hook, boolean manages) {
    var w = visit.words();
    var used = hook.lastUseTime();
    var image = hook.avatarUrl();
    return new Views.Hook(
        hook.id(),
        hook.displayName(),
        Avatar.of(
            hook.displayName(), image.isEmpty() ? "" : visit.parts().images().of(image).orElse("")),
        used == null ? w.say("apps.never") : w.say("apps.used", visit.clock().dateAndMinute(used)),
        manages ? visit.parts().webhooks().url(hook) : "");
  }

  /// Why no webhook can be added or used here now, in the reader's language; empty: they can.
  static String forbidden(Visit visit, Space space) {
    var policy = visit.parts().policies().current();
    var w = visit.words();
    if (!policy.webhooks()) {
      return w.say("apps.forbidden.all");
    }
    if (space.type() != SpaceType.DIRECT_MESSAGE) {
      return "";
    }
    if (!policy.webhooksInDirectMessages()) {
      return w.say("apps.forbidden.direct");
    }
    return visit.parts().spaces().members(space.id()).stream()
        .filter(member -> !member.person().chatApps())
        .findFirst()
        .map(member -> w.say("apps.forbidden.person", member.person().displayName()))
        .orElse("");
  }

  static void add(Visit visit) {
    SpacePages.withManaged(
        visit,
        space -> {
          if (forbidden(visit, space).isEmpty()) {
            form(visit, space, 200, "apps.add", href(space) + "/new", "", "", "", "");
          } else {
            visit.go(href(space));
          }
        });
  }

  private static void form(
      Visit visit,
      Space space,
      int status,
      String heading,
      String action,
      String name,
      String avatar,
      String wrongName,
      String wrongAvatar) {
    var w = visit.words();
    var page =
        new Views.HookPage(
            visit.shell(w.say(heading), "/spaces/" + space.id()),
            SpacePages.head(visit, space, href(space)),
            w.say(heading),
            action,
            name,
            avatar,
            wrongName,
            wrongAvatar);
    visit.show(status, out -> JtehookGenerated.render(out, Untouched.TAGS, page));
  }

  static void create(Visit visit) {
    SpacePages.withManaged(
        visit,
        space -> {
          var name = visit.field("name");
          var avatar = visit.field("avatar");
          var made = visit.parts().webhooks().create(space, name, avatar);
          saved(visit, space, made, "apps.add", href(space) + "/new", name, avatar);
        });
  }

  private static void saved(
      Visit visit,
      Space space,
      Change<Webhook> change,
      String heading,
      String action,
      String name,
      String avatar) {
    var w = visit.words();
    switch (change) {
      case Change.Done<Webhook>(var hook) -> {
        visit.cookies().setNotice(w.say("apps.saved"));
        visit.go(href(space) + "#w-" + hook.id());
      }
      case Change.Wrong<Webhook>(var field, _) -> {
        var atAvatar = field.endsWith("avatarUrl");
        var why =
            atAvatar
                ? w.say("wrong.avatar")
                : field.endsWith("displayName") ? w.say("wrong.name") : w.say("wrong.many");
        form(
            visit,
            space,
            400,
            heading,
            action,
            name,
            avatar,
            atAvatar ? "" : why,
            atAvatar ? why : "");
      }
      case Change.Forbidden<Webhook> _ -> visit.go(href(space)); // which says why
      case Change.Missing<Webhook> _ -> visit.missing();
      case Change.Taken<Webhook> _ -> visit.missing();
    }
  }

  private static void withHook(Visit visit, BiConsumer<Space, Webhook> found) {
    SpacePages.withManaged(
        visit,
        space ->
            visit
                .parts()
                .webhooks()
                .find(space.id(), visit.path("hook"))
                .ifPresentOrElse(hook -> found.accept(space, hook), visit::missing));
  }

  static void edit(Visit visit) {
    withHook(
        visit,
        (space, hook) ->
            form(
                visit,
                space,
                200,
                "apps.edit",
                href(space) + "/" + hook.id(),
                hook.displayName(),
                hook.avatarUrl(),
                "",
                ""));
  }

  static void change(Visit visit) {
    withHook(
        visit,
        (space, hook) -> {
          var name = visit.field("name");
          var avatar = visit.field("avatar");
          var changed = visit.parts().webhooks().change(space.id(), hook.id(), name, avatar);
          saved(visit, space, changed, "apps.edit", href(space) + "/" + hook.id(), name, avatar);
        });
  }

  static void askRotate(Visit visit) {
    withHook(
        visit,
        (space, hook) ->
            ask(
                visit,
                space,
                hook,
                "apps.rotate.sure",
                "apps.rotate.what",
                "apps.rotate",
                "rotate"));
  }

  static void askDelete(Visit visit) {
    withHook(
        visit,
        (space, hook) ->
            ask(
                visit,
                space,
                hook,
                "apps.delete.sure",
                "apps.delete.what",
                "apps.delete",
                "delete"));
  }

  private static void ask(
      Visit visit,
      Space space,
      Webhook hook,
      String heading,
      String text,
      String button,
      String action) {
    var w = visit.words();
    var page =
        new Views.ConfirmPage(
            visit.shell(w.say(button), "/spaces/" + space.id()),
            SpacePages.head(visit, space, href(space)),
            w.say(heading, hook.displayName()),
            w.say(text),
            href(space) + "/" + hook.id() + "/" + action,
            w.say(button),
            true,
            href(space));
    visit.show(out -> JteconfirmGenerated.render(out, Untouched.TAGS, page));
  }

  static void rotate(Visit visit) {
    withHook(
        visit,
        (space, hook) -> {
          var done = visit.parts().webhooks().rotate(space.id(), hook.id());
          visit.parts().spaces().audit(space.id(), visit.person(), "webhook.rotate", hook.name());
          visit.cookies().setNotice(visit.words().say("apps.rotated", hook.displayName()));
          visit.go(href(space) + (done.done().isPresent() ? "#w-" + hook.id() : ""));
        });
  }

  static void delete(Visit visit) {
    withHook(
        visit,
        (space, hook) -> {
          var done = visit.parts().webhooks().delete(space.id(), hook.id());
          if (done.done().isPresent()) {
            visit.parts().spaces().audit(space.id(), visit.person(), "webhook.delete", hook.name());
          }
          visit.go(href(space), visit.words().say("apps.deleted", hook.displayName()));
        });
  }
}
