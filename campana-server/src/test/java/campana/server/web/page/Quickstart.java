package campana.server.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The quickstarts of `examples/`, run as a person does: paste the link, start the script.
enum Quickstart {
  PYTHON("python/quickstart.py", "Hello from a Python script!", "/usr/bin/python3"),
  NODE("node/index.js", "Hello from a Node.js script!", "node"),
  JAVA(
      "java/src/main/java/App.java",
      "Hello from a Java program!",
      Path.of(System.getProperty("java.home"), "bin", "java").toString());

  private static final String PLACE =
      "http://127.0.0.1:8080/v1/spaces/SPACE/messages?key=KEY&token=TOKEN";

  private final String source;
  private final String text;
  private final String command;

  Quickstart(String source, String text, String command) {
    this.source = source;
    this.text = text;
    this.command = command;
  }

  /// Another one in each of the guide's languages.
  static Quickstart in(String language) {
    return switch (language) {
      case "it" -> NODE;
      case "es" -> JAVA;
      default -> PYTHON;
    };
  }

  /// @return the text that it posted
  String post(Path folder, String url) {
    try {
      var from = Path.of(System.getProperty("campana.root"), "examples", source);
      var script = Files.readString(from);
      assertThat(script).contains(PLACE);
      var copy = folder.resolve(from.getFileName());
      Files.writeString(copy, script.replace(PLACE, url));
      var run =
          new ProcessBuilder(List.of(command, copy.toString())).redirectErrorStream(true).start();
      var said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(run.waitFor(60, TimeUnit.SECONDS)).as(command + " ends").isTrue();
      assertThat(run.exitValue()).as(said).isZero();
      return text;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the quickstart ran", e);
    }
  }
}
