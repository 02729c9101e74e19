package campana.bench;

import java.nio.file.Files;
import java.nio.file.Path;

/// `make bench`. Arguments choose: `posts`, `client`, `start`, `build`, `relay`, `postgres`,
/// `large`; none means all but the last.
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws Exception {
    var root = Path.of(System.getProperty("campana.root", ".")).toRealPath();
    var scratch = Files.createDirectories(root.resolve("bench/target/scratch"));
    if (arguments.length == 2 && arguments[0].equals("lanes")) {
      RelayBench.run(scratch, arguments[1]); // started by the bench itself
      return;
    }
    if (arguments.length == 1 && arguments[0].equals("farside")) {
      FarSide.run(); // so is this
      return;
    }
    var all = arguments.length == 0;
    for (var what :
        all ? new String[] {"posts", "client", "start", "build", "relay", "postgres"} : arguments) {
      switch (what) {
        case "posts" -> PostBench.run(root, scratch);
        case "client" -> ClientBench.run(root, scratch);
        case "postgres" -> PostgresBench.run(root, scratch);
        case "large" -> LargeBench.run(root, scratch);
        case "relay" -> {
          IntakeBench.run(root, scratch);
          RelayBench.run();
        }
        case "start" -> StartBench.run(root, scratch);
        case "build" -> StartBench.coldBuild(root, scratch);
        default ->
            throw new IllegalArgumentException(
                "wanted posts, client, start, build, relay, postgres or large, got " + what);
      }
    }
  }
}
