package campana.relay.source.github;

import campana.relay.source.Item;
import campana.relay.source.Prose;
import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.relay.source.Telling;
import campana.relay.source.Tree;
import campana.relay.source.Trigger;
import campana.relay.source.Trigger.Tally;
import java.util.Optional;

/// Commits, branches, tags and releases.
final class Pushes {
  private static final String TAG = "refs/tags/";
  private static final String BRANCH = "refs/heads/";

  private Pushes() {}

  /// Tags and branches that come and go are told even without commits.
  static Optional<Telling> tell(Hook hook) {
    var root = hook.root();
    var ref = root.text("ref");
    boolean tag = ref.startsWith(TAG);
    boolean created = root.isTrue("created");
    boolean deleted = root.isTrue("deleted");
    var commits = root.list("commits");
    if (ref.isEmpty() || (commits.isEmpty() && !tag && !created && !deleted)) {
      return Optional.empty();
    }
    var name = tag ? ref.substring(TAG.length()) : ref.replaceFirst("^" + BRANCH, "");
    var telling =
        hook.labelled()
            .telling()
            .event("push." + kind(tag, created, deleted, root.isTrue("forced"), commits.isEmpty()))
            .subject(hook.repository() + "@" + ref)
            .state(State.INFO)
            .severity(Severity.INFO)
            .title(hook.repository() + " · " + name)
            .label(tag ? "tag" : "branch", name)
            .label("ref", ref)
            .tally(new Tally(0, 0, Math.max(1, commits.size())));
    if (telling.done().actor().isEmpty()) {
      telling.actor(root.text("pusher", "name"));
    }
    commits.stream().limit(Trigger.ITEMS).map(Pushes::item).forEach(telling::item);
    if (!deleted) {
      telling.link("compare", root.text("compare"));
    }
    return Optional.of(telling.link("repository", hook.repositoryUrl()));
  }

  private static String kind(
      boolean tag, boolean created, boolean deleted, boolean forced, boolean empty) {
    if (tag) {
      return deleted ? "tag_deleted" : "tag";
    }
    if (deleted) {
      return "branch_deleted";
    }
    if (created && empty) {
      return "branch_created";
    }
    return forced ? "forced" : "commits";
  }

  private static Item item(Tree commit) {
    var message = commit.text("message");
    return new Item(
        State.INFO,
        Severity.INFO,
        message.lines().findFirst().orElse(""),
        commit.text("author", "name"),
        Optional.empty(),
        Optional.empty(),
        commit.text("url"));
  }

  static Optional<Telling> release(Hook hook) {
    var release = hook.root().at("release");
    if (!hook.action().equals("published")) {
      return Optional.empty();
    }
    var tag = release.text("tag_name");
    var name = release.text("name");
    boolean named = !name.isBlank() && !name.equals(tag);
    return Optional.of(
        hook.labelled()
            .telling()
            .event(release.isTrue("prerelease") ? "release.prereleased" : hook.named())
            .subject(hook.repository() + ":release:" + release.text("id"))
            .state(State.INFO)
            .severity(Severity.INFO)
            .title(hook.repository() + " " + tag + (named ? " · " + name : ""))
            .body(Prose.plain(Hook.written(release.text("body"))))
            .label("tag", tag)
            .link("release", release.text("html_url")));
  }
}
