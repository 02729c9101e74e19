package campana.cli.command;

import static campana.cli.command.Names.text;

import campana.cli.api.Api;
import campana.cli.api.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `campana user …`
@Command(name = "user", description = "Users: who reads.")
final class UserCommands {
  private static final String USER = "users/ID, ID or e-mail address";

  /// A switch as people type it.
  enum OnOff {
    ON,
    OFF
  }

  private final Shell shell;

  UserCommands(Shell shell) {
    this.shell = shell;
  }

  @Command(description = "Makes a user and prints the invitation link, good for one sign-in.")
  void create(
      @Parameters(paramLabel = "EMAIL") String email,
      @Option(names = "--name", description = "what others see") @Nullable String name,
      @Option(names = "--owner", description = "may administer everything") boolean owner) {
    var user = Api.object().put("email", email).put("owner", owner);
    if (name != null) {
      user.put("displayName", name);
    }
    shell.say(text(shell.api().post("/v1/users", user), "invitationUrl"));
  }

  @Command(description = "Lists the users.")
  void list(@Option(names = "--json", description = "as the API gives them") boolean json) {
    var users = shell.api().all("/v1/users", "users");
    shell.listing(
        json,
        "users",
        users,
        List.of("USER", "E-MAIL", "NAME", "OWNER", "CHAT APPS"),
        u ->
            List.of(
                text(u, "name"),
                text(u, "email"),
                text(u, "displayName"),
                u.path("owner").asBoolean(false) ? "owner" : "",
                u.path("chatApps").asBoolean(true) ? "on" : "off"));
  }

  @Command(description = "Changes a user.")
  void set(
      @Parameters(paramLabel = "USER", description = USER) String user,
      @Option(names = "--name", description = "what others see") @Nullable String name,
      @Option(
              names = "--chat-apps",
              description = "whether webhooks may post into the user's direct messages, on or off")
          @Nullable OnOff chatApps,
      @Option(names = "--owner", description = "may administer everything, on or off")
          @Nullable OnOff owner) {
    var change = Api.object();
    if (name != null) {
      change.put("displayName", name);
    }
    if (chatApps != null) {
      change.put("chatApps", chatApps == OnOff.ON);
    }
    if (owner != null) {
      change.put("owner", owner == OnOff.ON);
    }
    if (change.isEmpty()) {
      throw Failure.usage("wanted --name, --chat-apps or --owner");
    }
    var api = shell.api();
    shell.say(text(api.patch("/v1/" + new Names(api).user(user), change), "name"));
  }

  @Command(description = "Deletes a user and ends every session and token of theirs.")
  void delete(@Parameters(paramLabel = "USER", description = USER) String user) {
    var api = shell.api();
    api.delete("/v1/" + new Names(api).user(user));
  }
}
