package campana.cli.command;

import static campana.cli.command.Names.text;

import campana.cli.api.Api;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `campana token …`
@Command(name = "token", description = "Tokens: what programs use the API with.")
final class TokenCommands {
  private final Shell shell;

  TokenCommands(Shell shell) {
    this.shell = shell;
  }

  @Command(description = "Makes a token and prints it, this once.")
  void create(
      @Parameters(paramLabel = "NAME", description = "what it is for") String name,
      @Option(names = "--user", paramLabel = "USER", description = "whose; default: the owner's")
          @Nullable String user) {
    var api = shell.api();
    var token = Api.object().put("displayName", name);
    if (user != null) {
      token.put("user", new Names(api).user(user));
    }
    shell.say(text(api.post("/v1/tokens", token), "token"));
  }

  @Command(description = "Lists the tokens, never the secrets.")
  void list(@Option(names = "--json", description = "as the API gives them") boolean json) {
    var tokens = shell.api().all("/v1/tokens", "tokens");
    shell.listing(
        json,
        "tokens",
        tokens,
        List.of("TOKEN", "NAME", "USER", "CREATED"),
        t ->
            List.of(
                text(t, "name"), text(t, "displayName"), text(t, "user"), text(t, "createTime")));
  }

  @Command(description = "Deletes a token; it is refused at once.")
  void delete(
      @Parameters(paramLabel = "TOKEN", description = "tokens/ID, ID or name") String token) {
    var api = shell.api();
    api.delete("/v1/" + new Names(api).token(token));
  }
}
