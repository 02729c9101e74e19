package campana.cli.command;

import campana.cli.api.Api;
import campana.cli.api.Failure;
import campana.wire.RpcCode;
import picocli.CommandLine.Command;

/// `campana reload`
@Command(
    name = "reload",
    description = "Has the running server take its config anew, only if it is wholly valid.")
final class ReloadCommand implements Runnable {
  private final Shell shell;

  ReloadCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    try {
      var answer = shell.api().post("/v1/server:reload", Api.object());
      answer.path("needRestart").forEach(key -> shell.tell(key.asString("") + " needs a restart"));
    } catch (Failure e) {
      if (e.exitCode() == Failure.RPC + RpcCode.INVALID_ARGUMENT.number()
          || e.exitCode() == Failure.RPC + RpcCode.FAILED_PRECONDITION.number()) {
        throw Failure.usage("nothing was changed: " + e.line());
      }
      throw e;
    }
  }
}
