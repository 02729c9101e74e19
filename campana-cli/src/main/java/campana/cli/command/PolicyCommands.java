package campana.cli.command;

import campana.cli.api.Api;
import campana.cli.api.Failure;
import campana.cli.command.UserCommands.OnOff;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/// `campana policy …`
@Command(name = "policy", description = "Policy: whether webhooks may be used.")
final class PolicyCommands {
  private static final String PATH = "/v1/policy";
  private static final String WEBHOOKS = "webhooks";
  private static final String IN_DIRECT_MESSAGES = "webhooksInDirectMessages";

  private final Shell shell;

  PolicyCommands(Shell shell) {
    this.shell = shell;
  }

  @Command(description = "Shows the switches.")
  void get(@Option(names = "--json", description = "as the API gives them") boolean json) {
    show(shell.api().get(PATH), json);
  }

  @Command(description = "Sets switches, effective with the next request.")
  void set(
      @Option(names = "--webhooks", description = "at all, on or off") @Nullable OnOff webhooks,
      @Option(names = "--webhooks-in-direct-messages", description = "on or off")
          @Nullable OnOff inDirectMessages) {
    var change = Api.object();
    if (webhooks != null) {
      change.put(WEBHOOKS, webhooks == OnOff.ON);
    }
    if (inDirectMessages != null) {
      change.put(IN_DIRECT_MESSAGES, inDirectMessages == OnOff.ON);
    }
    if (change.isEmpty()) {
      throw Failure.usage("wanted --webhooks or --webhooks-in-direct-messages");
    }
    show(shell.api().patch(PATH, change), false);
  }

  private void show(JsonNode policy, boolean json) {
    if (json) {
      shell.json(policy);
      return;
    }
    shell.table(
        List.of("POLICY", "IS"),
        List.of(
            List.of("webhooks", word(policy.path(WEBHOOKS))),
            List.of("webhooks-in-direct-messages", word(policy.path(IN_DIRECT_MESSAGES)))));
  }

  private static String word(JsonNode value) {
    return value.asBoolean(false) ? "on" : "off";
  }
}
