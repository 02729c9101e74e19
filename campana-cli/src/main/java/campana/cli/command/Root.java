package campana.cli.command;

import campana.cli.api.Failure;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/// The tree of commands.
@Command(
    name = "campana",
    description = "The way into Chat that never loses a message.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    scope = ScopeType.INHERIT,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:something unexpected",
      "2:wrong use or config",
      "3:no server found",
      "10+N:refused with google.rpc code N (13 invalid, 15 not found, 18 quota)"
    })
public final class Root implements Runnable {
  /// In the order of the help; made only when asked for, as a tree of all takes longer to build
  /// than most commands take to run.
  private static final Map<String, Function<Shell, Object>> COMMANDS = new LinkedHashMap<>();

  static {
    COMMANDS.put("serve", ServeCommand::new);
    COMMANDS.put("sign-in", SignInCommand::new);
    COMMANDS.put("open", OpenCommand::new);
    COMMANDS.put("space", SpaceCommands::new);
    COMMANDS.put("webhook", WebhookCommands::new);
    COMMANDS.put("send", SendCommand::new);
    COMMANDS.put("tail", TailCommand::new);
    COMMANDS.put("fault", FaultCommand::new);
    COMMANDS.put("incidents", IncidentsCommand::new);
    COMMANDS.put("route", RouteCommands::new);
    COMMANDS.put("relay", RelayCommands::tree);
    COMMANDS.put("user", UserCommands::new);
    COMMANDS.put("token", TokenCommands::new);
    COMMANDS.put("policy", PolicyCommands::new);
    COMMANDS.put("check", CheckCommand::new);
    COMMANDS.put("reload", ReloadCommand::new);
    COMMANDS.put("backup", BackupCommand::new);
    COMMANDS.put("restore", RestoreCommand::new);
    COMMANDS.put("move", MoveCommand::new);
    COMMANDS.put("key", KeyCommands::new);
    COMMANDS.put("doctor", DoctorCommand::new);
  }

  private final Shell shell;

  @Spec private @Nullable CommandSpec spec;

  private Root(Shell shell) {
    this.shell = shell;
  }

  @Option(
      names = "--data",
      paramLabel = "DIR",
      scope = ScopeType.INHERIT,
      description = "the data folder (default: CAMPANA_DATA, else ./campana-data)")
  void data(Path data) {
    shell.useData(data);
  }

  /// Without a command: the help, as wrong use.
  @Override
  public void run() {
    throw new ParameterException(
        java.util.Objects.requireNonNull(spec).commandLine(), "wanted a command");
  }

  /// Runs one command line.
  ///
  /// @return the exit code
  public static int run(Shell shell, List<String> arguments) {
    var line = new CommandLine(new Root(shell));
    wanted(arguments).forEach(name -> line.addSubcommand(name, command(name, shell)));
    line.setOut(writer(shell.out()));
    line.setErr(writer(shell.err()));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(shell.ansi()));
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setParameterExceptionHandler((wrong, _) -> wrongUse(shell, wrong));
    line.setExecutionExceptionHandler((e, command, _) -> failed(shell, e, command));
    var code = line.execute(arguments.toArray(String[]::new));
    if (code != 0 || !shell.out().checkError()) {
      return code;
    }
    shell.tell("campana: standard output took not all of it"); // a full disk, or who read it left
    return Failure.UNEXPECTED;
  }

  private static PrintWriter writer(java.io.PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  private static Object command(String name, Shell shell) {
    var maker = COMMANDS.get(name);
    if (maker == null) {
      throw new IllegalArgumentException("no command " + name);
    }
    return maker.apply(shell);
  }

  /// The one command that the arguments name, or all where help is needed.
  private static List<String> wanted(List<String> arguments) {
    for (var i = 0; i < arguments.size(); i++) {
      var argument = arguments.get(i);
      if (argument.equals("--data")) {
        i++;
      } else if (COMMANDS.containsKey(argument)) {
        return List.of(argument);
      } else if (argument.equals("--version") || argument.equals("-V")) {
        return List.of();
      } else if (!argument.startsWith("--data=")) {
        break;
      }
    }
    return new ArrayList<>(COMMANDS.keySet());
  }

  private static int wrongUse(Shell shell, ParameterException wrong) {
    var command = wrong.getCommandLine().getCommandSpec().qualifiedName();
    var unknown =
        wrong instanceof UnmatchedArgumentException u ? u.getUnmatched() : List.<String>of();
    if (!unknown.isEmpty()
        && !unknown.getFirst().startsWith("-")
        && !wrong.getCommandLine().getSubcommands().isEmpty()) {
      var name = Printable.line(unknown.getFirst());
      shell.tell(command + ": no command «" + name + "»; " + command + " --help lists them");
      return Failure.USAGE;
    }
    shell.tell(command + ": " + Printable.line(String.valueOf(wrong.getMessage())));
    shell.tell("Try: " + command + " --help");
    return Failure.USAGE;
  }

  private static int failed(Shell shell, Exception e, CommandLine command) {
    var name = command.getCommandSpec().qualifiedName();
    if (e instanceof Failure failure) {
      shell.tell(name + ": " + failure.line());
      return failure.exitCode();
    }
    shell.tell(name + ": unexpected: " + e + "; CAMPANA_DEBUG=1 shows where");
    if (!shell.environment().getOrDefault("CAMPANA_DEBUG", "").isEmpty()) {
      e.printStackTrace(shell.err());
    }
    return Failure.UNEXPECTED;
  }
}
