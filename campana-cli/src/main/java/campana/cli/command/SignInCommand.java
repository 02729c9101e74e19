package campana.cli.command;

import static campana.cli.command.Names.text;

import campana.cli.api.Api;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `campana sign-in`
@Command(
    name = "sign-in",
    description = "Prints a fresh link that signs in once, within 15 minutes.")
final class SignInCommand implements Runnable {
  private final Shell shell;

  @Parameters(paramLabel = "EMAIL", arity = "0..1", description = "whose; default: the owner's")
  private @Nullable String email;

  SignInCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    shell.say(link(shell, email));
  }

  /// @param email whose; null for the owner
  static String link(Shell shell, @Nullable String email) {
    var body = Api.object();
    if (email != null) {
      body.put("email", email);
    }
    return text(shell.api().post("/v1/signInLinks", body), "url");
  }
}
