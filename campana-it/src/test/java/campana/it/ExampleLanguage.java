package campana.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The languages under `examples/`, and how a person runs them.
enum ExampleLanguage {
  PYTHON("python") {
    @Override
    List<String> command(Path folder, Sample sample, String way) {
      var script =
          switch (sample) {
            case QUICKSTART -> "quickstart.py";
            case THREAD_REPLY -> "thread_reply.py";
            case ERROR_HANDLING -> "error_handling.py";
          };
      return List.of(python(), script, way);
    }
  },
  NODE("node") {
    @Override
    List<String> command(Path folder, Sample sample, String way) {
      var script =
          switch (sample) {
            case QUICKSTART -> "index.js";
            case THREAD_REPLY -> "thread-reply.js";
            case ERROR_HANDLING -> "error-handling.js";
          };
      return List.of(node(), script, way);
    }
  },
  JAVA("java") {
    @Override
    List<String> command(Path folder, Sample sample, String way) {
      var main =
          switch (sample) {
            case QUICKSTART -> "App";
            case THREAD_REPLY -> "ThreadReply";
            case ERROR_HANDLING -> "ErrorHandling";
          };
      var source = folder.resolve("src/main/java/" + main + ".java").toString();
      var compiled =
          ExampleRun.of(
              folder,
              jdk("javac"),
              "--release",
              "11",
              "-Xlint:all,-options",
              "-Werror",
              "-d",
              "out",
              source);
      if (compiled.exitCode() != 0) {
        throw new AssertionError("javac --release 11 refuses " + source + ": " + compiled.output());
      }
      return List.of(jdk("java"), "-XX:TieredStopAtLevel=1", "-cp", "out", main, way);
    }
  },
  APPS_SCRIPT("apps-script") {
    @Override
    List<String> command(Path folder, Sample sample, String way) {
      var function =
          switch (sample) {
            case QUICKSTART -> "quickstart";
            case THREAD_REPLY -> "threadReply";
            case ERROR_HANDLING ->
                switch (way) {
                  case "log" -> "sendOrLog";
                  case "ignore" -> "sendOrIgnore";
                  default -> "sendOrRetry";
                };
          };
      var standIn =
          DocsFiles.root().resolve("campana-it/src/test/resources/apps-script/run.js").toString();
      return List.of(node(), standIn, folder.toString(), function);
    }
  };

  /// What each language shows.
  enum Sample {
    QUICKSTART,
    THREAD_REPLY,
    ERROR_HANDLING
  }

  private static final Pattern PLACEHOLDER =
      Pattern.compile("https?://[^'\"]+/messages\\?key=KEY&token=TOKEN");

  private final String folder;

  ExampleLanguage(String folder) {
    this.folder = folder;
  }

  /// @param way `log`, `retry` or `ignore`; the other samples take no notice of it
  abstract List<String> command(Path folder, Sample sample, String way);

  /// Pastes the URL into a copy of the examples and runs one, as a person does.
  ExampleRun run(Path scratch, String url, Sample sample, String way) {
    var copy = copy(scratch, url);
    return ExampleRun.of(copy, command(copy, sample, way).toArray(String[]::new));
  }

  /// A copy of this language's folder with the URL pasted into every sample.
  Path copy(Path scratch, String url) {
    var from = DocsFiles.root().resolve("examples").resolve(folder);
    var to = scratch.resolve(folder);
    var pasted = new ArrayList<Path>();
    try (var files = Files.walk(from)) {
      for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        var target = to.resolve(from.relativize(file).toString());
        Files.createDirectories(target.getParent());
        var text = Files.readString(file);
        var filled = PLACEHOLDER.matcher(text).replaceAll(Matcher.quoteReplacement(url));
        if (!filled.equals(text)) {
          pasted.add(target);
        }
        Files.writeString(target, filled);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (pasted.size() != Sample.values().length) {
      throw new AssertionError("a place for the URL was found in " + pasted + " only");
    }
    return to;
  }

  /// A Python 3 that has httplib2.
  static String python() {
    var tried = List.of("python3", "/usr/bin/python3");
    for (var python : tried) {
      if (works(python, "-c", "import httplib2")) {
        return python;
      }
    }
    throw new AssertionError(
        "No Python 3 with httplib2 (tried "
            + String.join(", ", tried)
            + "). On Debian: apt-get install python3-httplib2");
  }

  static String node() {
    if (works("node", "--version")) {
      return "node";
    }
    throw new AssertionError("No Node.js on the PATH. On Debian: apt-get install nodejs");
  }

  private static String jdk(String tool) {
    return Path.of(System.getProperty("java.home"), "bin", tool).toString();
  }

  private static boolean works(String... command) {
    try {
      var process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getInputStream().readAllBytes();
      return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
