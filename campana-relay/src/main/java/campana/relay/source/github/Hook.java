package campana.relay.source.github;

import campana.relay.source.Plain;
import campana.relay.source.Telling;
import campana.relay.source.Tree;

/// One delivery: what all its readers look at.
record Hook(String event, Tree root, Telling telling) {
  String action() {
    return root.text("action");
  }

  String repository() {
    return root.text("repository", "full_name");
  }

  String repositoryUrl() {
    return root.text("repository", "html_url");
  }

  /// The event with its action, as in GitHub's documentation.
  String named() {
    return action().isEmpty() ? event : event + "." + action();
  }

  /// What GitHub's page writes: `repository#number` and the title.
  String headed(Tree of) {
    return subject(of) + " " + of.text("title");
  }

  /// Issues and pull requests share their numbers.
  String subject(Tree of) {
    var number = of.text("number");
    return repository() + "#" + (number.isEmpty() ? root.text("number") : number);
  }

  /// What people write there is Markdown. Its marks are left as they are; comments that only its
  /// templates' readers should see are taken out.
  static String written(String markdown) {
    return Plain.text(markdown, 8_000).replaceAll("(?s)<!--.*?-->", "").strip();
  }

  Hook labelled() {
    telling.label("repository", repository()).label("action", action());
    return this;
  }
}
