package campana.cli.command;

import campana.cli.api.Api;
import campana.cli.api.Failure;
import campana.cli.api.ServerFile;
import campana.cli.config.ConfigPlace;
import campana.cli.config.ConfigRead;
import campana.cli.config.ConfigReader;
import campana.cli.config.Stanza;
import campana.relay.RelaySettings;
import campana.relay.RouteSettings;
import campana.relay.source.Auth;
import campana.relay.source.Sources;
import campana.wire.RpcCode;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;

/// `campana route …`
@Command(name = "route", description = "Routes: from a tool to spaces.")
final class RouteCommands {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int TOKEN_BYTES = 24;

  private final Shell shell;

  RouteCommands(Shell shell) {
    this.shell = shell;
  }

  @Command(description = "Lists the routes of the config.")
  void list(@Option(names = "--json", description = "one object with all of them") boolean json) {
    var settings = RelayConfig.read(shell).settings();
    var names = settings.routes().keySet().stream().sorted().toList();
    if (json) {
      var all = Api.object();
      var routes = all.putArray("routes");
      for (var name : names) {
        var route = route(settings, name);
        var shape = routes.addObject().put("name", name).put("source", route.source());
        var to = shape.putArray("to");
        route.to().forEach(to::add);
        var auth = shape.putArray("auth");
        kinds(route.auth()).forEach(auth::add);
        shape.put("when", route.when()).put("thread", route.thread());
        shape.put("url", base() + "/in/" + name);
      }
      shell.json(all);
      return;
    }
    shell.table(
        List.of("ROUTE", "SOURCE", "TO", "AUTH", "THREAD", "ADDRESS"),
        names.stream()
            .map(name -> route(settings, name))
            .map(route ->
                List.of(
                    route.name(),
                    route.source(),
                    String.join(",", route.to()),
                    String.join(",", kinds(route.auth())),
                    route.thread(),
                    base() + "/in/" + route.name()))
            .toList());
  }

  private static RouteSettings route(RelaySettings settings, String name) {
    var route = settings.routes().get(name);
    if (route == null) {
      throw Failure.usage("no route «" + name + "»; the config has " + settings.routes().keySet());
    }
    return route;
  }

  private static List<String> kinds(Auth auth) {
    var kinds = new ArrayList<String>();
    add(kinds, "path", auth.path());
    add(kinds, "bearer", auth.bearer());
    add(kinds, "basic", auth.basic());
    add(kinds, "header", auth.header());
    add(kinds, "secret", auth.secret());
    return kinds.isEmpty() ? List.of("none") : kinds;
  }

  private static void add(List<String> kinds, String kind, List<String> values) {
    if (!values.isEmpty()) {
      kinds.add(kind);
    }
  }

  @Command(
      description =
          "Writes a route with a fresh token into the config and prints what to paste into the"
              + " tool.")
  void add(
      @Parameters(paramLabel = "NAME", description = "the last part of its address") String name,
      @Option(names = "--source", required = true, description = "alertmanager, github, …")
          String source,
      @Option(names = "--to", required = true, description = "a destination; may be repeated")
          List<String> to,
      @Option(
              names = "--webhook",
              paramLabel = "URL",
              description = "makes the destination, where --to names a new one")
          @Nullable String webhook) {
    if (!Sources.NAMES.contains(source)) {
      throw Failure.usage(
          "--source: wanted one of " + String.join(", ", Sources.NAMES) + ", got " + source);
    }
    if (webhook != null && to.size() > 1) {
      throw Failure.usage("--webhook: wanted one --to beside it");
    }
    var file =
        ConfigPlace.find(null, shell.environment(), shell.data())
            .orElse(shell.data().resolve("campana.yaml"));
    var token = token();
    var stanza = new Stanza(name, source, Pasting.auth(source), token, to, webhook);
    switch (stanza.into(file, shell.environment())) {
      case Stanza.Result.Invalid(var mistakes) -> {
        mistakes.forEach(mistake -> shell.tell(mistake.line()));
        throw Failure.usage(file + ": nothing was changed");
      }
      case Stanza.Result.Refused(var why) -> throw Failure.usage(why);
      case Stanza.Result.Written _ -> {
        shell.tell(file + ": route " + name + " added; campana reload takes it over");
        Pasting.lines(source, base() + "/in/" + name, name, token).forEach(shell::say);
      }
    }
  }

  private static String token() {
    var bytes = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// What addresses begin with: what the config says, else where the server is.
  private String base() {
    Path data = shell.data();
    var place = ConfigPlace.find(null, shell.environment(), data);
    if (ConfigReader.read(place, shell.environment(), Map.of())
            instanceof ConfigRead.Valid(var config)
        && !config.settings().url().isEmpty()) {
      return config.settings().url();
    }
    try {
      return ServerFile.read(data).map(ServerFile::address).orElse("http://127.0.0.1:8080");
    } catch (IOException e) {
      return "http://127.0.0.1:8080";
    }
  }

  /// Which sample.
  static final class Which {
    @Option(names = "--resolved", description = "it ends")
    private boolean resolved;

    @Option(names = "--storm", paramLabel = "N", description = "N different ones begin at once")
    private int storm;

    @Option(names = "--firing", description = "something begins (default)")
    void firing(boolean wanted) {
      resolved = resolved && !wanted;
    }
  }

  @Command(description = "Sends a marked sample through everything, as the tool would.")
  void test(
      @Parameters(paramLabel = "ROUTE", description = "its name in the config") String name,
      @ArgGroup(exclusive = true) @Nullable Which which) {
    var route = route(RelayConfig.read(shell).settings(), name);
    int count = which == null || which.storm == 0 ? 1 : which.storm;
    if (count < 1 || count > 10_000) {
      throw Failure.usage("--storm: wanted a number from 1 to 10000");
    }
    var api = shell.api();
    for (int i = 1; i <= count; i++) {
      var sample =
          Sample.of(route, which != null && which.resolved, count == 1 ? 0 : i, shell.clock());
      var answer = api.trigger(sample.path(), sample.headers(), sample.body());
      if (answer.status() / 100 != 2) {
        throw Failure.of(
            RpcCode.ofHttp(answer.status()), "HTTP " + answer.status() + ": " + answer.body());
      }
      shell.say(told(answer.body()));
    }
  }

  /// `queued LANE.7` of our own answer; another tool's words as they are.
  private static String told(String body) {
    if (!body.startsWith("{")) {
      return body.strip();
    }
    var answer = JSON.readTree(body);
    return (Names.text(answer, "status") + " " + Names.text(answer, "id")).strip();
  }
}
