package campana.relay.source.github;

import campana.relay.source.Severity;
import campana.relay.source.State;
import campana.relay.source.Telling;
import campana.relay.source.Times;
import campana.relay.source.Tree;
import java.util.Optional;

/// How workflows, checks and deployments end.
final class Runs {
  private Runs() {}

  /// A run that has only begun is not told.
  static Optional<Telling> workflow(Hook hook) {
    var run = hook.root().at("workflow_run");
    if (!hook.action().equals("completed")) {
      return Optional.empty();
    }
    var branch = run.text("head_branch");
    var telling =
        ended(hook, run.text("conclusion"), "workflow_run")
            .subject(
                pullRequest(hook, run)
                    .orElse(hook.repository() + ":wf:" + run.text("workflow_id") + "@" + branch))
            .title(hook.repository() + " · " + run.text("name") + " #" + run.text("run_number"))
            .fact("branch", branch)
            .fact("trigger", run.text("event"))
            .fact("commit", shortened(run.text("head_sha")))
            .label("workflow", run.text("name"))
            .label("branch", branch)
            .link("run", run.text("html_url"));
    ofPullRequest(hook, run, telling);
    if (run.number("run_attempt") > 1) {
      telling.fact("attempt", run.text("run_attempt"));
    }
    times(telling, run.text("run_started_at"), run.text("updated_at"));
    return Optional.of(telling);
  }

  static Optional<Telling> check(Hook hook) {
    var check = hook.root().at("check_run");
    if (!hook.action().equals("completed")) {
      return Optional.empty();
    }
    var branch = check.text("check_suite", "head_branch");
    var telling =
        ended(hook, check.text("conclusion"), "check_run")
            .subject(
                pullRequest(hook, check)
                    .orElse(hook.repository() + ":check:" + check.text("name") + "@" + branch))
            .title(hook.repository() + " · " + check.text("name"))
            .fact("branch", branch)
            .fact("commit", shortened(check.text("head_sha")))
            .label("workflow", check.text("name"))
            .label("branch", branch)
            .link("check", check.text("html_url"));
    ofPullRequest(hook, check, telling);
    times(telling, check.text("started_at"), check.text("completed_at"));
    return Optional.of(telling);
  }

  /// Of a deployment only its end is told.
  static Optional<Telling> deployment(Hook hook) {
    var status = hook.root().at("deployment_status");
    var state = status.text("state");
    if (!state.equals("success") && !state.equals("failure") && !state.equals("error")) {
      return Optional.empty();
    }
    var environment =
        status.firstText("environment").isBlank()
            ? hook.root().text("deployment", "environment")
            : status.text("environment");
    return Optional.of(
        ended(hook, state, "deployment_status")
            .subject(hook.repository() + ":deploy:" + environment)
            .title(hook.repository() + " · " + environment)
            .fact("environment", environment)
            .fact("branch", hook.root().text("deployment", "ref"))
            .fact("commit", shortened(hook.root().text("deployment", "sha")))
            .label("environment", environment)
            .link("log", status.firstText("log_url", "target_url"))
            .link("site", status.text("environment_url")));
  }

  private static Telling ended(Hook hook, String conclusion, String event) {
    return hook.labelled()
        .telling()
        .event(event + "." + conclusion)
        .label("conclusion", conclusion)
        .state(
            switch (conclusion) {
              case "failure", "timed_out", "startup_failure", "error" -> State.FIRING;
              case "success" -> State.RESOLVED;
              default -> State.UPDATE;
            })
        .severity(
            switch (conclusion) {
              case "failure", "timed_out", "startup_failure", "error" -> Severity.WARNING;
              case "success" -> Severity.OK;
              default -> Severity.INFO;
            });
  }

  /// A run that went well does not end what its pull request is about.
  private static void ofPullRequest(Hook hook, Tree run, Telling telling) {
    if (pullRequest(hook, run).isPresent() && run.text("conclusion").equals("success")) {
      telling.state(State.UPDATE);
    }
  }

  private static Optional<String> pullRequest(Hook hook, Tree run) {
    return run.list("pull_requests").stream()
        .map(p -> p.text("number"))
        .filter(n -> !n.isEmpty())
        .findFirst()
        .map(n -> hook.repository() + "#" + n);
  }

  private static void times(Telling telling, String began, String ended) {
    Times.read(began).ifPresent(telling::since);
    Times.read(ended).ifPresent(telling::occurredAt);
  }

  private static String shortened(String sha) {
    return sha.length() > 7 ? sha.substring(0, 7) : sha;
  }
}
