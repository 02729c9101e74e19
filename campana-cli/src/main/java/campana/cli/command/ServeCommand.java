package campana.cli.command;

import campana.cli.api.Failure;
import campana.cli.config.ConfigPlace;
import campana.cli.config.Key;
import campana.cli.config.Keys;
import campana.cli.serve.RunningConfig;
import campana.cli.serve.Serving;
import campana.http.CannotListenException;
import campana.store.CannotOpen;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `campana serve`
@Command(
    name = "serve",
    description = "Runs the server until it is told to stop; the first time it makes all it needs.")
final class ServeCommand implements Callable<Integer> {
  private final Shell shell;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "where to listen (default: 127.0.0.1)")
  private @Nullable String host;

  @Option(names = "--port", paramLabel = "PORT", description = "0: any free one (default: 8080)")
  private @Nullable String port;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description = "postgresql://USER:PASSWORD@HOST:PORT/NAME (default: in the data folder)")
  private @Nullable String database;

  @Option(names = "--url", paramLabel = "URL", description = "what copied links begin with")
  private @Nullable String url;

  @Option(names = "--tls-cert", paramLabel = "FILE", description = "certificates, PEM")
  private @Nullable String tlsCert;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "their private key, PEM")
  private @Nullable String tlsKey;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "default: CAMPANA_CONFIG, DATA/campana.yaml, /etc/campana/campana.yaml")
  private @Nullable Path config;

  ServeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    var read = RunningConfig.begin(shell.data(), config, shell.environment(), flags());
    return switch (read) {
      case RunningConfig.Begun.Valid(var running) -> serve(running);
      case RunningConfig.Begun.Invalid(var mistakes) -> {
        CheckCommand.told(
            shell, mistakes, ConfigPlace.find(config, shell.environment(), shell.data()));
        yield Failure.USAGE;
      }
    };
  }

  private Map<Key<?>, String> flags() {
    var flags = new HashMap<Key<?>, String>();
    flag(flags, Keys.HOST, host);
    flag(flags, Keys.PORT, port);
    flag(flags, Keys.DATABASE, database);
    flag(flags, Keys.URL, url);
    flag(flags, Keys.TLS_CERT, tlsCert);
    flag(flags, Keys.TLS_KEY, tlsKey);
    return flags;
  }

  private static void flag(Map<Key<?>, String> flags, Key<?> key, @Nullable String value) {
    if (value != null) {
      flags.put(key, value);
    }
  }

  private int serve(RunningConfig config) throws IOException, InterruptedException {
    var end = new CountDownLatch(1);
    var broken = new String[1]; // written before the latch opens, read after
    Serving serving;
    try {
      serving =
          Serving.start(
              shell.data(),
              config,
              shell.environment(),
              shell.clock(),
              why -> {
                broken[0] = why;
                end.countDown();
              });
    } catch (CannotOpen | CannotListenException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
    // SIGTERM and Ctrl-C end the JVM by way of its hooks; this one lets it end orderly.
    Runtime.getRuntime().addShutdownHook(new Thread(serving::close, "stop"));
    greet(serving);
    end.await();
    throw Failure.unexpected(String.valueOf(broken[0]));
  }

  private void greet(Serving serving) throws IOException {
    shell.say("Campana " + Version.text() + ", data in " + serving.place());
    serving
        .made()
        .ifPresent(made -> {
          shell.say("Read  " + made.signInUrl() + " (signs in once, within 15 minutes)");
          shell.say("Post  curl -sS -X POST '" + made.webhookUrl() + "' -d '{\"text\":\"Hello\"}'");
        });
    shell.say("Campana is ready at " + serving.address());
  }
}
