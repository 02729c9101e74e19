package campana.cli.command;

import java.io.IOException;
import java.util.Locale;
import picocli.CommandLine.Command;

/// `campana open`
@Command(
    name = "open",
    description = "Prints a fresh sign-in link and, on a terminal, opens it in the browser.")
final class OpenCommand implements Runnable {
  private final Shell shell;

  OpenCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    var link = SignInCommand.link(shell, null);
    shell.say(link);
    if (shell.terminal()) {
      browse(link);
    }
  }

  private void browse(String link) {
    var mac = System.getProperty("os.name", "").toLowerCase(Locale.ROOT).contains("mac");
    try {
      new ProcessBuilder(mac ? "open" : "xdg-open", link)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .redirectError(ProcessBuilder.Redirect.DISCARD)
          .start();
    } catch (IOException e) {
      shell.tell("no browser found here; open the link by hand");
    }
  }
}
