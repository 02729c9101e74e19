package campana.server.web.page;

import static campana.server.web.page.Streams.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import campana.server.LiveServer;
import campana.server.space.Space;
import campana.testdb.TestPostgres;
import campana.testkit.Kind;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Who reads at one process hears of what is ended and taken away at another one, also where no
/// message comes.
@Timeout(60)
class LiveNodesTest {
  private static final Pattern POSITION = Pattern.compile("\"position\": ?(\\d+)");

  @TempDir Path folder;
  private final Streams streams = new Streams();
  private LiveServer here;
  private LiveServer there;
  private Space space;

  @BeforeEach
  void open() {
    here = new LiveServer(Kind.POSTGRESQL, folder.resolve("here"));
    there = here.beside(folder.resolve("there"));
    space = here.space();
  }

  @AfterEach
  void close() {
    streams.close();
    there.close();
    here.close();
  }

  private BufferedReader stream(String session) throws IOException, InterruptedException {
    return streams.open(here, session, space.id() + ".0");
  }

  @Test
  void a_message_that_is_removed_there() throws IOException, InterruptedException {
    var target = here.target(here.webhook(space));
    try (var stream = stream(streams.session(here, here.owner()))) {
      assertThat(there.wire().post(target, "{\"text\":\"too much\"}").status()).isEqualTo(200);
      assertThat(upTo(stream, "too much")).contains("event: post");
      var messages = there.app().rooms().messages();
      var message = messages.latest(space.id(), Long.MAX_VALUE, 1).getFirst();
      assertThat(messages.remove(message, "Owner")).isTrue();
      assertThat(upTo(stream, "event: change")).doesNotContain("event: post", "event: lost");
      assertThat(upTo(stream, "data: ")).contains("Owner").doesNotContain("too much");
    }
  }

  /// There is nothing between the processes that could be lost with a connection.
  @Test
  void what_is_posted_there_while_all_ways_to_the_database_break() throws Exception {
    var target = here.target(here.webhook(space));
    try (var stream = stream(streams.session(here, here.owner()))) {
      for (var n = 1; n <= 30; n++) {
        if (n % 10 == 0) {
          TestPostgres.execute(
              "select count(pg_terminate_backend(pid)) from pg_stat_activity"
                  + " where application_name like 'campana%'");
        }
        var post = "{\"text\":\"post " + n + ".\"}";
        assertThat(there.wire().post(target, post).status()).isEqualTo(200);
      }
      var positions =
          POSITION
              .matcher(upTo(stream, "post 30."))
              .results()
              .map(match -> Long.parseLong(match.group(1)));
      assertThat(positions)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, 30).boxed().toList());
    }
  }

  @Test
  void a_sign_out_there() throws IOException, InterruptedException {
    var session = streams.session(here, here.owner());
    try (var stream = stream(session)) {
      there.app().rooms().signIn().signOut(session);
      assertThat(upTo(stream, "no such line")).contains("event: gone");
    }
  }

  @Test
  void a_member_who_is_taken_out_there() throws IOException, InterruptedException {
    var ada = here.person("ada@example.org");
    here.app().rooms().spaces().addMember(space.id(), ada, false, here.owner());
    try (var stream = stream(streams.session(here, ada))) {
      assertThat(upTo(stream, space.id())).contains("event: rehearsal"); // it is followed now
      there.app().rooms().spaces().removeMember(space.id(), ada, here.owner());
      assertThat(upTo(stream, "no such line")).contains("event: lost", "event: gone");
    }
  }

  @Test
  void a_space_that_is_deleted_there() throws IOException, InterruptedException {
    try (var stream = stream(streams.session(here, here.owner()))) {
      assertThat(upTo(stream, space.id())).contains("event: rehearsal"); // it is followed now
      there.app().rooms().spaces().delete(space.id(), here.owner());
      assertThat(upTo(stream, "no such line")).contains("event: lost", "event: gone");
    }
  }
}
