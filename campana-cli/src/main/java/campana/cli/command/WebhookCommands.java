package campana.cli.command;

import static campana.cli.command.Names.text;

import campana.cli.api.Api;
import campana.cli.api.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `campana webhook …`
@Command(name = "webhook", description = "Webhooks: who may post into a space.")
final class WebhookCommands {
  private static final String SPACE = "spaces/ID, ID or a name that only one space has";
  private static final String WEBHOOK =
      "spaces/ID/webhooks/ID, ID, a name that only one webhook has, or its URL";

  private final Shell shell;

  WebhookCommands(Shell shell) {
    this.shell = shell;
  }

  @Command(description = "Makes a webhook and prints its URL, which is a secret.")
  void create(
      @Parameters(paramLabel = "SPACE", description = SPACE) String space,
      @Option(names = "--name", required = true, description = "who its messages are from")
          String name,
      @Option(names = "--avatar-url", paramLabel = "URL", description = "a picture beside them")
          @Nullable String avatarUrl) {
    var body = Api.object().put("displayName", name);
    if (avatarUrl != null) {
      body.put("avatarUrl", avatarUrl);
    }
    var api = shell.api();
    shell.say(text(api.post("/v1/" + new Names(api).space(space) + "/webhooks", body), "url"));
  }

  @Command(description = "Changes a webhook's name or picture; its URL stays.")
  void set(
      @Parameters(paramLabel = "WEBHOOK", description = WEBHOOK) String webhook,
      @Option(names = "--name", description = "a new name") @Nullable String name,
      @Option(
              names = "--avatar-url",
              paramLabel = "URL",
              description = "a new picture; '' for none")
          @Nullable String avatarUrl) {
    var change = Api.object();
    if (name != null) {
      change.put("displayName", name);
    }
    if (avatarUrl != null) {
      change.put("avatarUrl", avatarUrl);
    }
    if (change.isEmpty()) {
      throw Failure.usage("wanted --name or --avatar-url");
    }
    var api = shell.api();
    shell.say(text(api.patch("/v1/" + new Names(api).webhook(webhook), change), "name"));
  }

  @Command(description = "Lists a space's webhooks; --json shows their URLs too.")
  void list(
      @Parameters(paramLabel = "SPACE", description = SPACE) String space,
      @Option(names = "--json", description = "as the API gives them") boolean json) {
    var api = shell.api();
    var webhooks = api.all("/v1/" + new Names(api).space(space) + "/webhooks", "webhooks");
    shell.listing(
        json,
        "webhooks",
        webhooks,
        List.of("WEBHOOK", "NAME", "LAST USE"),
        w -> List.of(text(w, "name"), text(w, "displayName"), text(w, "lastUseTime")));
  }

  @Command(description = "Deletes a webhook; its URL is refused at once.")
  void delete(@Parameters(paramLabel = "WEBHOOK", description = WEBHOOK) String webhook) {
    var api = shell.api();
    api.delete("/v1/" + new Names(api).webhook(webhook));
  }

  @Command(description = "Gives a webhook a new URL and prints it; the old one is refused at once.")
  void rotate(@Parameters(paramLabel = "WEBHOOK", description = WEBHOOK) String webhook) {
    var api = shell.api();
    var name = new Names(api).webhook(webhook);
    shell.say(text(api.post("/v1/" + name + ":rotate", Api.object()), "url"));
  }
}
