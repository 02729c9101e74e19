package campana.relay.source.github;

import campana.relay.source.Prose;
import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.relay.source.Telling;
import campana.relay.source.Tree;
import java.util.Optional;
import java.util.stream.Collectors;

/// Issues and pull requests, and what people say about them.
final class Talks {
  private Talks() {}

  static Optional<Telling> pullRequest(Hook hook) {
    var pull = hook.root().at("pull_request");
    boolean merged = pull.isTrue("merged");
    var action = hook.action();
    var telling =
        about(hook, pull)
            .event(action.equals("closed") && merged ? "pull_request.merged" : hook.named())
            .state(
                switch (action) {
                  case "opened", "reopened", "ready_for_review" -> State.FIRING;
                  case "closed" -> State.RESOLVED;
                  default -> State.UPDATE;
                })
            .severity(merged ? Severity.OK : Severity.INFO)
            .body(
                action.equals("opened") ? Prose.plain(Hook.written(pull.text("body"))) : Prose.NONE)
            .label("branch", pull.text("head", "ref"))
            .label("base", pull.text("base", "ref"))
            .label("draft", pull.text("draft"));
    if (!pull.text("head", "ref").isEmpty()) {
      telling.fact("branch", pull.text("head", "ref") + " → " + pull.text("base", "ref"));
    }
    if (pull.number("changed_files") > 0) {
      telling.fact(
          "changes",
          "+%d −%d (%d)"
              .formatted(
                  pull.number("additions"),
                  pull.number("deletions"),
                  pull.number("changed_files")));
    }
    return Optional.of(telling.link("pull_request", pull.text("html_url")));
  }

  static Optional<Telling> issue(Hook hook) {
    var issue = hook.root().at("issue");
    var action = hook.action();
    var labels = names(issue);
    return Optional.of(
        about(hook, issue)
            .event(hook.named())
            .state(
                switch (action) {
                  case "opened", "reopened" -> State.FIRING;
                  case "closed", "deleted" -> State.RESOLVED;
                  default -> State.UPDATE;
                })
            .severity(action.equals("closed") ? Severity.OK : Severity.INFO)
            .body(
                action.equals("opened")
                    ? Prose.plain(Hook.written(issue.text("body")))
                    : Prose.NONE)
            .fact("labels", labels)
            .label("labels", labels)
            .link("issue", issue.text("html_url")));
  }

  static Optional<Telling> comment(Hook hook) {
    var root = hook.root();
    var of = root.at("pull_request").isObject() ? root.at("pull_request") : root.at("issue");
    var review = root.at("review");
    var words = review.isObject() ? review : root.at("comment");
    var verdict = review.text("state").toLowerCase(java.util.Locale.ROOT);
    var action = hook.action();
    if (action.equals("edited") || action.equals("deleted")) {
      return Optional.empty();
    }
    return Optional.of(
        about(hook, of)
            .event(verdict.isEmpty() ? hook.named() : "pull_request_review." + verdict)
            .state(State.UPDATE)
            .severity(verdict.equals("approved") ? Severity.OK : Severity.INFO)
            .body(Prose.plain(Hook.written(words.text("body"))))
            .label("review", verdict)
            .link("comment", words.text("html_url"))
            .link(
                root.at("pull_request").isObject() ? "pull_request" : "issue",
                of.text("html_url")));
  }

  private static Telling about(Hook hook, Tree of) {
    return hook.labelled()
        .telling()
        .subject(hook.subject(of))
        .title(hook.headed(of))
        .fact("author", of.text("user", "login"))
        .label("author", of.text("user", "login"))
        .label("number", of.text("number"));
  }

  private static String names(Tree issue) {
    return issue.list("labels").stream()
        .limit(20)
        .map(l -> l.text("name"))
        .filter(n -> !n.isBlank())
        .collect(Collectors.joining(", "));
  }
}
