package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// The order of system calls, as strace saw them: a message's bytes are written to the log, a sync
/// of the log begins after that and ends, and only then the answer with that message's name is
/// sent.
@Tag("proofs")
final class SyncOrderTest {
  private static final int POSTS = 60;
  private static final int AT_ONCE = 6;
  private static final JsonMapper JSON = new JsonMapper();

  /// Process id and the call; a call that another thread interrupts in the trace has two lines.
  private static final Pattern LINE = Pattern.compile("^(\\d+) +(.*)$");

  @Test
  void no_200_leaves_before_the_sync_that_covers_it(@TempDir Path folder) throws Exception {
    assertThat(answeredTooEarly(folder, Map.of())).isEmpty();
  }

  @Test
  void the_proof_sees_a_database_that_does_not_sync(@TempDir Path folder) throws Exception {
    assertThat(
            answeredTooEarly(
                folder, Map.of("JAVA_TOOL_OPTIONS", "-Dcampana.sqlite.synchronous=OFF")))
        .as("with synchronous=OFF every answer is too early")
        .hasSize(POSTS);
  }

  private static List<String> answeredTooEarly(Path folder, Map<String, String> environment)
      throws Exception {
    var trace = folder.resolve("trace");
    var strace =
        List.of(
            "strace",
            "-f",
            "-qq",
            "-y",
            "-s",
            "70000",
            "-e",
            "trace=pwrite64,write,writev,sendto,fsync,fdatasync",
            "-o",
            trace.toString());
    var nameOfText = new HashMap<String, String>();
    try (var server =
        CampanaProcess.start(strace, environment, folder.toRealPath().resolve("data"))) {
      var space = server.space("Traced");
      var url = server.address().resolve(space.path()).toString();
      try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
        var posts = new ArrayList<Callable<Map.Entry<String, String>>>();
        for (int i = 0; i < POSTS; i++) {
          var text = "traced-" + (1000 + i) + "-";
          posts.add(() -> {
            var answer = server.post(url, "{\"text\":\"" + text + "\"}");
            assertThat(answer.statusCode()).isEqualTo(200);
            return Map.entry(text, JSON.readTree(answer.body()).path("name").asString());
          });
        }
        for (var post : threads.invokeAll(posts)) {
          nameOfText.put(post.get().getKey(), post.get().getValue());
        }
      }
      server.stop();
    }
    return tooEarly(Files.readAllLines(trace), nameOfText);
  }

  /// @return the texts whose answer began before a sync that began after their write had ended
  static List<String> tooEarly(List<String> trace, Map<String, String> nameOfText) {
    var written =
        new HashMap<String, Integer>(); // text: the line its write to the log had ended on
    var answered = new HashMap<String, Integer>(); // name: the line its answer began on
    var syncs = new ArrayList<int[]>(); // of the log: the lines it began and ended on
    var open =
        new HashMap<String, Integer>(); // process: the line of a sync of the log that is under way
    var unfinished = new HashMap<String, String>(); // process: a write under way
    for (int i = 0; i < trace.size(); i++) {
      var matcher = LINE.matcher(trace.get(i));
      if (!matcher.matches()) {
        continue;
      }
      var process = matcher.group(1);
      var call = matcher.group(2);
      var toLog = call.contains("campana.db-wal>");
      if (call.startsWith("fdatasync(") || call.startsWith("fsync(")) {
        if (toLog && call.endsWith("<unfinished ...>")) {
          open.put(process, i);
        } else if (toLog && call.endsWith("= 0")) {
          syncs.add(new int[] {i, i});
        }
      } else if (call.startsWith("<... fdatasync resumed")
          || call.startsWith("<... fsync resumed")) {
        var began = open.remove(process);
        if (began != null && call.endsWith("= 0")) {
          syncs.add(new int[] {began, i});
        }
      } else if (call.startsWith("pwrite64(") && toLog) {
        if (call.endsWith("<unfinished ...>")) {
          unfinished.put(process, call);
        } else {
          note(call, i, nameOfText, written);
        }
      } else if (call.startsWith("<... pwrite64 resumed")) {
        var began = unfinished.remove(process);
        if (began != null) {
          note(began, i, nameOfText, written);
        }
      } else if (call.contains("<socket:[")) {
        for (var name : nameOfText.values()) {
          if (call.contains(name)) {
            answered.putIfAbsent(name, i);
          }
        }
      }
    }
    var early = new ArrayList<String>();
    nameOfText.forEach((text, name) -> {
      var write = written.get(text);
      var answer = answered.get(name);
      assertThat(write).as("the trace shows the write of " + text).isNotNull();
      assertThat(answer).as("the trace shows the answer " + name).isNotNull();
      if (syncs.stream().noneMatch(sync -> sync[0] > write && sync[1] < answer)) {
        early.add(text);
      }
    });
    return early;
  }

  private static void note(
      String call, int line, Map<String, String> nameOfText, Map<String, Integer> written) {
    for (var text : nameOfText.keySet()) {
      if (call.contains(text)) {
        written.putIfAbsent(text, line);
      }
    }
  }
}
