package campana.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The server under measurement: `./campana serve` as anybody starts it, in a process of its own.
final class Serving implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final Process process;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String token;
  final URI address;
  final long startedAt = System.nanoTime();

  Serving(Path root, Path data, String... options) throws IOException {
    var command =
        new java.util.ArrayList<>(
            List.of(
                root.resolve("campana").toString(),
                "serve",
                "--data",
                data.toString(),
                "--port",
                "0"));
    command.addAll(List.of(options));
    process =
        new ProcessBuilder(command)
            .directory(root.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
    var ready = "";
    for (var line = out.readLine();
        line != null && ready.isEmpty();
        line = ready.isEmpty() ? out.readLine() : line) {
      var at = line.indexOf("Campana is ready at ");
      ready = at < 0 ? "" : line.substring(at + "Campana is ready at ".length()).strip();
    }
    if (ready.isEmpty()) {
      throw new IOException("serve ended before it was ready");
    }
    address = URI.create(ready);
    token = JSON.readTree(Files.readString(data.resolve("server.json"))).path("token").asString();
  }

  long pid() {
    return process.pid();
  }

  InetSocketAddress socket() {
    return new InetSocketAddress(address.getHost(), address.getPort());
  }

  JsonNode call(String method, String path, String body) {
    return call(method, path, body, token);
  }

  /// @param bearer whose token
  JsonNode call(String method, String path, String body, String bearer) {
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(address.resolve(path))
                  .header("Authorization", "Bearer " + bearer)
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IOException(
            method + " " + path + ": " + answer.statusCode() + " " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in a request", e);
    }
  }

  /// A figure of its metrics.
  double meter(String name) throws IOException {
    try {
      return http.send(
              HttpRequest.newBuilder(address.resolve("/metrics")).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .filter(line -> line.startsWith(name + " "))
          .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
          .findFirst()
          .orElseThrow(() -> new IOException("no meter " + name));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in a request", e);
    }
  }

  /// Resident memory in MiB.
  long residentMiB() throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid() + "/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(-1);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    http.close();
  }
}
