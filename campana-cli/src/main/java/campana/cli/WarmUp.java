package campana.cli;

import static java.util.Collections.nCopies;

import campana.cli.command.Root;
import campana.cli.command.Shell;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/// Runs the program once through what it does every day, so that the JVM can write down what it
/// learned (an AOT cache). For the build; on a data folder that goes afterwards.
final class WarmUp {
  private static final int POSTS = 6_000; // what is known of a hot method is worth most
  private static final int POSTERS = 24; // so that commits hold many posts
  private static final Pattern READY = Pattern.compile("ready at (\\S+)");
  private static final Pattern SIGN_IN = Pattern.compile("Read +(\\S+)");

  private final Path data;

  private WarmUp(Path data) {
    this.data = data;
  }

  /// Takes no arguments.
  public static void main(String[] arguments) throws Exception {
    var folder = Files.createTempDirectory("campana-warm-up-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder), "delete"));
    var warmUp = new WarmUp(folder.resolve("data"));
    var out = new ByteArrayOutputStream();
    Thread.ofPlatform().daemon().start(() -> warmUp.run(out, "serve", "--port", "0"));
    var address = warmUp.await(out);
    warmUp.pages(address, out.toString(StandardCharsets.UTF_8));
    warmUp.commands();
    System.exit(0); // the server's hook stops it
  }

  private String await(ByteArrayOutputStream out) throws InterruptedException {
    for (var i = 0; i < 1200; i++) {
      var ready = READY.matcher(out.toString(StandardCharsets.UTF_8));
      if (ready.find()) {
        return ready.group(1);
      }
      Thread.sleep(50);
    }
    throw new IllegalStateException("not ready within a minute");
  }

  private void pages(String address, String printed) throws IOException, InterruptedException {
    var link = SIGN_IN.matcher(printed);
    try (var http = HttpClient.newHttpClient()) {
      for (var i = 0; i < 20; i++) {
        get(http, address + "/");
        get(http, address + "/readyz");
        if (link.find(0)) {
          get(http, link.group(1));
        }
      }
    }
  }

  private static void get(HttpClient http, String address)
      throws IOException, InterruptedException {
    http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding());
  }

  private void commands() throws IOException, InterruptedException, ExecutionException {
    var space = say("space", "create", "Warm", "--quota", "1000000/s,1000");
    var url = say("webhook", "create", space, "--name", "Warm", "--avatar-url", "");
    say("send", "--url", url, "--thread", "k", "hello");
    try (var http = HttpClient.newHttpClient();
        var posters = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var poster : posters.invokeAll(nCopies(POSTERS, () -> post(http, url)))) {
        poster.get(); // a cache of posts that failed is none
      }
    }
    say("space", "list");
    say("space", "list", "--json");
    say("webhook", "list", space);
    say("tail", space, "--no-follow");
    say("sign-in");
    say("doctor");
    say("check");
  }

  private static boolean post(HttpClient http, String url)
      throws IOException, InterruptedException {
    for (var i = 0; i < POSTS / POSTERS; i++) {
      var keyed = i % 3 == 0;
      var thread = keyed ? ",\"thread\":{\"threadKey\":\"k" + i % 7 + "\"}" : "";
      var query = keyed ? "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD" : "";
      http.send(
          HttpRequest.newBuilder(URI.create(url + query))
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      "{\"text\":\"*post* " + i + "\"" + thread + "}"))
              .build(),
          BodyHandlers.discarding());
    }
    return true;
  }

  private String say(String... command) {
    var out = new ByteArrayOutputStream();
    run(out, command);
    return out.toString(StandardCharsets.UTF_8).strip();
  }

  private int run(ByteArrayOutputStream out, String... command) {
    var shell =
        new Shell(
            Map.of("CAMPANA_DATA", data.toString()),
            new ByteArrayInputStream(new byte[0]),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            System.err,
            InstantSource.system(),
            false,
            false);
    return Root.run(shell, List.of(command));
  }

  private static void delete(Path folder) {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      // the system's own cleaning takes what is left
    }
  }
}
