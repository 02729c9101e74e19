package campana.cli.api;

import campana.wire.RpcCode;

/// Ends a command with one line on standard error and an exit code. An exception because it leaves
/// the command from any depth; expected all the same, so it carries no stack trace.
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1;

  /// Something that should not happen did.
  public static final int UNEXPECTED = 1;

  /// Wrong use, or a wrong config.
  public static final int USAGE = 2;

  /// No server was found.
  public static final int NO_SERVER = 3;

  /// A refusal's exit code is this plus the number of its google.rpc code.
  public static final int RPC = 10;

  private final int exitCode;

  private Failure(int exitCode, String line) {
    super(line, null, false, false);
    this.exitCode = exitCode;
  }

  public static Failure usage(String line) {
    return new Failure(USAGE, line);
  }

  public static Failure noServer(String line) {
    return new Failure(NO_SERVER, line);
  }

  public static Failure unexpected(String line) {
    return new Failure(UNEXPECTED, line);
  }

  public static Failure of(RpcCode code, String line) {
    return new Failure(RPC + code.number(), line);
  }

  /// The line to print.
  public String line() {
    return String.valueOf(getMessage());
  }

  public int exitCode() {
    return exitCode;
  }
}
