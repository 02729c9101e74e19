package campana.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `campana serve` as a process of its own on a free port, so that it can be killed. Ends with the
/// test.
public final class CampanaProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  /// What no log line may hold.
  private static final Pattern SECRET =
      Pattern.compile("token=|key=AIza|AIza[A-Za-z0-9_-]{35}|/sign-in/");

  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final Path data;
  private final Path out;
  private final Path err;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI address;
  private final String token;

  private CampanaProcess(Process process, Path data, Path out, Path err) throws IOException {
    this.process = process;
    this.data = data;
    this.out = out;
    this.err = err;
    this.address = awaitReady();
    this.token =
        JSON.readTree(Files.readString(data.resolve("server.json"))).path("token").asString();
  }

  /// Starts the server of this build on a data folder and waits until it is ready.
  public static CampanaProcess start(Path data, String... options) {
    return start(List.of(), Map.of(), data, options);
  }

  /// @param before a command to run it under, such as strace; empty for none
  /// @param environment added to this process's own
  public static CampanaProcess start(
      List<String> before, Map<String, String> environment, Path data, String... options) {
    return start(before, ClassArchive.options(), environment, data, options);
  }

  /// @param machine options of the JVM
  static CampanaProcess start(List<String> machine, Path data, String... options) {
    return start(List.of(), machine, Map.of(), data, options);
  }

  private static CampanaProcess start(
      List<String> before,
      List<String> machine,
      Map<String, String> environment,
      Path data,
      String... options) {
    try {
      var out = Files.createTempFile("campana-", ".out");
      var err = Files.createTempFile("campana-", ".err");
      var command = new ArrayList<>(before);
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(machine);
      command.addAll(
          List.of(
              "-XX:TieredStopAtLevel=1",
              "-Xshare:auto",
              "-Xmx512m",
              "--enable-native-access=ALL-UNNAMED",
              "-cp",
              ClassArchive.CLASS_PATH,
              "campana.cli.Main",
              "serve",
              "--data",
              data.toString(),
              "--port",
              "0"));
      command.addAll(List.of(options));
      var builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("CAMPANA_"));
      builder.environment().putAll(environment);
      return new CampanaProcess(builder.start(), data, out, err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URI awaitReady() throws IOException {
    var until = System.nanoTime() + START.toNanos();
    while (System.nanoTime() < until) {
      for (var line : Files.readAllLines(out)) {
        var at = line.indexOf("Campana is ready at ");
        if (at >= 0) {
          return URI.create(line.substring(at + "Campana is ready at ".length()).strip());
        }
      }
      try {
        if (process.waitFor(20, TimeUnit.MILLISECONDS)) {
          throw new IllegalStateException(
              "serve ended with " + process.exitValue() + ": " + errors());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while serve started", e);
      }
    }
    process.destroyForcibly();
    throw new IllegalStateException("serve was not ready within " + START + ": " + errors());
  }

  public URI address() {
    return address;
  }

  /// The owner's bearer token.
  public String token() {
    return token;
  }

  public Path data() {
    return data;
  }

  public Process process() {
    return process;
  }

  /// What it printed to standard output so far.
  public String output() throws IOException {
    return Files.readString(out);
  }

  /// What it printed to standard error so far.
  public String errors() throws IOException {
    return Files.readString(err);
  }

  /// A request to the resources API with the owner's token; the answer's status must be 200.
  public JsonNode call(String method, String path, String body) {
    var answer = request(method, path, body);
    if (answer.statusCode() != 200) {
      throw new IllegalStateException(
          method + " " + path + ": " + answer.statusCode() + " " + answer.body());
    }
    return JSON.readTree(answer.body());
  }

  /// The same with any status.
  public HttpResponse<String> request(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(address.resolve(path))
            .header("Authorization", "Bearer " + token)
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    return exchange(request);
  }

  /// One post to a webhook URL.
  public HttpResponse<String> post(String url, String body) {
    return exchange(
        HttpRequest.newBuilder(URI.create(url)).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in a request", e);
    }
  }

  /// A new space without a quota to speak of, and the URL of its one webhook.
  public NewSpace space(String displayName) {
    return space(displayName, 1_000_000, 1000);
  }

  /// The same with a quota.
  public NewSpace space(String displayName, int aSecond, int burst) {
    var space =
        call(
            "POST",
            "/v1/spaces",
            "{\"displayName\":\"%s\",\"spaceType\":\"SPACE\",\"quota\":{\"rate\":\"%d/s\",\"burst\":%d}}"
                .formatted(displayName, aSecond, burst));
    var name = space.path("name").asString();
    var webhook = call("POST", "/v1/" + name + "/webhooks", "{\"displayName\":\"Bell\"}");
    // The port differs at each start, the rest of the URL does not.
    var url = webhook.path("url").asString();
    return new NewSpace(name, url.substring(url.indexOf("/v1/")));
  }

  /// @param name `spaces/ID`
  /// @param path the webhook URL without its origin
  public record NewSpace(String name, String path) {}

  /// SIGKILL, and waits for the end.
  public void kill() {
    end(process.toHandle()::destroyForcibly);
  }

  /// SIGTERM, and waits for the end. Under another command, such as strace, it is the server itself
  /// that is asked.
  ///
  /// @return the exit code
  public int stop() {
    var server = process.children().findFirst().orElse(process.toHandle());
    end(server::destroy);
    return process.exitValue();
  }

  private void end(Runnable signal) {
    signal.run();
    awaitEnd();
  }

  /// Waits until it ended by itself, at most 30 s.
  public void awaitEnd() {
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("serve did not end within 30 s");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while serve ended", e);
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitEnd();
    http.close();
    try {
      if (SECRET.matcher(errors()).find()) {
        throw new AssertionError("the log holds a key, a token or a sign-in link: " + err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    delete(out);
    delete(err);
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
