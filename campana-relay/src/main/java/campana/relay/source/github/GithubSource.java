package campana.relay.source.github;

import campana.relay.source.Forms;
import campana.relay.source.Hashes;
import campana.relay.source.Reading;
import campana.relay.source.Received;
import campana.relay.source.Source;
import campana.relay.source.Telling;
import campana.relay.source.Tree;
import campana.relay.source.Trigger.Identity;
import java.util.List;
import java.util.Optional;

/// GitHub says in a header what happened, signs with the hook's secret, and never tries again by
/// itself. A redelivery that somebody asks for has the first one's id: the route's `dedup: off`
/// lets it through.
public final class GithubSource implements Source {
  public static final String NAME = "github";
  private static final String EVENT = "x-github-event";
  private static final String DELIVERY = "x-github-delivery";
  private static final String SIGNATURE = "x-hub-signature-256";
  private static final String SIGNATURE_PREFIX = "sha256=";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean signs() {
    return true;
  }

  @Override
  public boolean signed(Received received, String secret) {
    return received
        .header(SIGNATURE)
        .filter(s -> s.startsWith(SIGNATURE_PREFIX))
        .map(s -> s.substring(SIGNATURE_PREFIX.length()))
        .map(s -> Hashes.isHmac(s, secret, received.body()))
        .orElse(false);
  }

  @Override
  public Reading read(Received received) {
    var event = received.header(EVENT).orElse("");
    if (event.isBlank()) {
      return new Reading.Unreadable("", "there is no header X-GitHub-Event; wanted: GitHub's own");
    }
    var parsed =
        Forms.isForm(received)
            ? Tree.parse(Forms.read(received.body()).getOrDefault("payload", ""))
            : Tree.parse(received.body());
    return switch (parsed) {
      case Tree.Parsed.Fault(var why) -> new Reading.Unreadable("", why);
      case Tree.Parsed.Root(var root) when !root.isObject() ->
          new Reading.Unreadable("", "wanted: an object as GitHub sends it");
      case Tree.Parsed.Root(var root) -> read(event, root, received);
    };
  }

  private static Reading read(String event, Tree root, Received received) {
    if (event.equals("ping")) {
      return new Reading.Nothing("GitHub's ping");
    }
    var delivery = received.header(DELIVERY).orElse("");
    var telling =
        new Telling(NAME, received)
            .identity(
                delivery.isBlank()
                    ? Identity.derived(Hashes.sha256(received.body()))
                    : Identity.kept(delivery))
            .actor(root.text("sender", "login"));
    var hook = new Hook(event, root, telling);
    Optional<Telling> told =
        switch (event) {
          case "push" -> Pushes.tell(hook);
          case "pull_request" -> Talks.pullRequest(hook);
          case "issues" -> Talks.issue(hook);
          case "issue_comment", "pull_request_review", "pull_request_review_comment" ->
              Talks.comment(hook);
          case "workflow_run" -> Runs.workflow(hook);
          case "check_run" -> Runs.check(hook);
          case "deployment_status" -> Runs.deployment(hook);
          case "release" -> Pushes.release(hook);
          default -> Optional.empty();
        };
    return told.map(t -> (Reading) new Reading.Triggers(List.of(t.done())))
        .orElseGet(() -> new Reading.Nothing("nothing to tell of " + hook.named()));
  }
}
