package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import campana.it.CampanaProcess.NewSpace;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that fails in the middle of a commit (strace makes the sync fail), and one that is full.
/// Mounting the small one needs root.
@Tag("proofs")
final class FailingDiskTest {
  /// strace counts for each thread of its own: the writer's first syncs belong to the start.
  private static final int GOOD_SYNCS = 60;

  @Test
  void after_a_failed_sync_nobody_is_answered_and_the_server_ends_with_one_line(
      @TempDir Path folder) throws Exception {
    var data = folder.resolve("data");
    var strace =
        List.of(
            "strace",
            "-f",
            "-qq",
            "-o",
            folder.resolve("trace").toString(),
            "--seccomp-bpf",
            "-e",
            "trace=fsync,fdatasync",
            "-e",
            "inject=fsync,fdatasync:error=EIO:when=" + (GOOD_SYNCS + 1) + "+");
    var answered = new ArrayList<String>();
    String unanswered;
    NewSpace space;
    try (var server = CampanaProcess.start(strace, Map.of(), data)) {
      space = server.space("Failing");
      unanswered = postUntilUnanswered(server, space, answered);
      server.awaitEnd();

      assertThat(server.process().exitValue()).isNotZero();
      assertThat(server.errors().lines().filter(line -> line.contains("disk")))
          .singleElement()
          .asString()
          .contains("The disk under the database failed", "Campana stops here");
      assertThat(server.errors()).doesNotContain("\tat ", "Exception in");
    }
    assertThat(answered).isNotEmpty();
    try (var again = CampanaProcess.start(data)) {
      var found = texts(again, space);
      assertThat(found).containsAll(answered).doesNotHaveDuplicates();
      answered.add(unanswered); // perhaps stored: nobody said that it was not
      assertThat(answered).containsAll(found);
      again.stop();
    }
  }

  /// @return the text of the post that got no answer
  private static String postUntilUnanswered(
      CampanaProcess server, NewSpace space, List<String> answered) {
    var url = server.address().resolve(space.path()).toString();
    for (int i = 1; i <= 10 * GOOD_SYNCS; i++) {
      var text = "post-" + i;
      try {
        var answer = server.post(url, "{\"text\":\"" + text + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        answered.add(text);
      } catch (UncheckedIOException e) {
        assertThat(e.getCause())
            .as("the request arrived, and was not answered")
            .isNotInstanceOf(ConnectException.class);
        return text;
      }
    }
    throw new AssertionError("the sync never failed");
  }

  @Test
  void a_full_disk_refuses_posts_until_there_is_room_and_loses_none(@TempDir Path folder)
      throws Exception {
    var disk = Files.createDirectory(folder.resolve("disk"));
    Tools.run(folder, Map.of(), "mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk.toString());
    try {
      var data = disk.resolve("data");
      var answered = new ArrayList<String>();
      NewSpace space;
      try (var server = CampanaProcess.start(data)) {
        space = server.space("Full");
        assertThat(post(server, space, "with room")).isEqualTo(200);
        answered.add("with room");
        var filler = disk.resolve("filler");
        fill(folder, filler);

        fillTheRest(server, space, answered);
        assertThat(server.request("GET", "/healthz", "").statusCode()).isEqualTo(200);
        assertThat(texts(server, space)).containsExactlyElementsOf(answered);
        assertThat(server.request("GET", "/v1/server:doctor", "").body())
            .contains("disk: the one with " + data, "100 % full");

        Files.delete(filler);
        assertThat(post(server, space, "with room again")).isEqualTo(200);
        answered.add("with room again");
        assertThat(texts(server, space)).containsExactlyElementsOf(answered);
        server.kill();
      }
      try (var again = CampanaProcess.start(data)) {
        assertThat(texts(again, space)).containsExactlyElementsOf(answered);
        again.stop();
      }
    } finally {
      Tools.run(folder, Map.of(), "umount", disk.toString());
    }
  }

  /// Leaves not a byte.
  private static void fill(Path folder, Path file) throws Exception {
    Tools.run(
        folder,
        Map.of(),
        "sh",
        "-c",
        "cat /dev/zero > \"$1\" 2>/dev/null || true",
        "fill",
        file.toString());
  }

  /// What SQLite has of the log's file already takes some posts more.
  private static void fillTheRest(CampanaProcess server, NewSpace space, List<String> answered) {
    var url = server.address().resolve(space.path()).toString();
    var refused = 0;
    for (int i = 0; refused < 5; i++) {
      var text = "full-" + i + "-" + "x".repeat(20_000);
      var answer = server.post(url, "{\"text\":\"" + text + "\"}");
      if (answer.statusCode() == 200) {
        answered.add(text);
        assertThat(answered).as("posts on a full disk").hasSizeLessThan(2000);
      } else {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
        assertThat(answer.body()).contains("UNAVAILABLE");
        refused++;
      }
    }
  }

  private static int post(CampanaProcess server, NewSpace space, String text) {
    return server
        .post(server.address().resolve(space.path()).toString(), "{\"text\":\"" + text + "\"}")
        .statusCode();
  }

  private static List<String> texts(CampanaProcess server, NewSpace space) {
    var texts = new ArrayList<String>();
    server
        .call("GET", "/v1/" + space.name() + "/messages?pageSize=1000", "")
        .path("messages")
        .forEach(message -> texts.add(message.path("text").asString()));
    return texts;
  }
}
