package campana.server.web.page;

import static campana.server.web.page.Streams.upTo;
import static org.assertj.core.api.Assertions.assertThat;

import campana.server.LiveServer;
import campana.server.people.Person;
import campana.server.rehearsal.Wish;
import campana.server.space.Space;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One browser's stream, over several spaces.
@Timeout(60)
class LiveStreamTest {
  @TempDir Path folder;
  private LiveServer server;
  private final Streams streams = new Streams();

  @BeforeEach
  void start() {
    server = new LiveServer(folder);
  }

  @AfterEach
  void stop() {
    streams.close();
    server.close();
  }

  private BufferedReader stream(Person person, String at) throws IOException, InterruptedException {
    return streams.open(server, streams.session(server, person), at);
  }

  private String target(Space space) {
    return server.target(server.webhook(space));
  }

  private void post(String target, String text) {
    assertThat(server.wire().post(target, "{\"text\":\"" + text + "\"}").status()).isEqualTo(200);
  }

  @Test
  void whoever_was_taken_out_of_one_space_hears_of_it_no_more_while_another_goes_on()
      throws IOException, InterruptedException {
    var spaces = server.app().rooms().spaces();
    var ada = server.person("ada@example.org");
    var open = server.space();
    var closed = server.space();
    spaces.addMember(open.id(), ada, false, server.owner());
    spaces.addMember(closed.id(), ada, false, server.owner());
    var toOpen = target(open);
    var toClosed = target(closed);
    try (var stream = stream(ada, open.id() + ".0," + closed.id() + ".0")) {
      post(toClosed, "while a member");
      assertThat(upTo(stream, "while a member")).contains("event: post");
      spaces.removeMember(closed.id(), ada, server.owner());
      post(toClosed, "behind the door");
      assertThat(upTo(stream, "event: lost")).doesNotContain("behind the door");
      assertThat(upTo(stream, closed.id())).contains("data: ");
      post(toOpen, "in the open");
      assertThat(upTo(stream, "in the open"))
          .contains("event: post")
          .doesNotContain("behind the door", "event: gone");
    }
  }

  @Test
  void who_signed_out_hears_so_without_a_message() throws IOException, InterruptedException {
    var space = server.space();
    var session = streams.session(server, server.owner());
    try (var stream = streams.open(server, session, space.id() + ".0")) {
      server.app().rooms().signIn().signOut(session);
      assertThat(upTo(stream, "no such line")).contains("event: gone");
    }
  }

  @Test
  void who_reads_a_space_that_is_deleted_hears_so_and_goes_on_with_another()
      throws IOException, InterruptedException {
    var open = server.space();
    var deleted = server.space();
    try (var stream = stream(server.owner(), open.id() + ".0," + deleted.id() + ".0")) {
      assertThat(upTo(stream, deleted.id())).contains("event: rehearsal"); // it is followed now
      server.app().rooms().spaces().delete(deleted.id(), server.owner());
      assertThat(upTo(stream, "event: lost")).isNotEmpty();
      assertThat(upTo(stream, deleted.id())).contains("data: ");
      post(target(open), "in the open");
      assertThat(upTo(stream, "in the open")).contains("event: post");
      server.app().rooms().spaces().delete(open.id(), server.owner());
      assertThat(upTo(stream, "no such line")).contains("event: gone");
    }
  }

  @Test
  void a_space_that_went_before_the_stream_began_is_lost_and_says_no_more_than_one_that_never_was()
      throws IOException, InterruptedException {
    var spaces = server.app().rooms().spaces();
    var ada = server.person("ada@example.org");
    var open = server.space();
    var deleted = server.space();
    var left = server.space();
    var others = server.space();
    for (var space : List.of(open, deleted, left)) {
      spaces.addMember(space.id(), ada, false, server.owner());
    }
    spaces.delete(deleted.id(), server.owner());
    spaces.removeMember(left.id(), ada, server.owner());
    var asked =
        List.of(deleted.id(), left.id(), others.id(), "cmpNeverWas", open.id(), deleted.id());
    try (var stream = stream(ada, String.join(".0,", asked) + ".0")) {
      assertThat(upTo(stream, "rehearsal").lines().filter(line -> line.startsWith("data")))
          .containsExactly(
              "data: {\"space\":\"" + deleted.id() + "\"}",
              "data: {\"space\":\"" + left.id() + "\"}",
              "data: {\"space\":\"" + others.id() + "\"}",
              "data: {\"space\":\"cmpNeverWas\"}");
      post(target(open), "in the open");
      assertThat(upTo(stream, "in the open")).contains("event: post").doesNotContain("event: gone");
    }
    try (var stream = stream(ada, deleted.id() + ".0,cmpNeverWas.0")) {
      assertThat(upTo(stream, "no such line")).contains("event: gone").doesNotContain("lost");
    }
  }

  @Test
  void whoever_was_taken_out_hears_of_no_rehearsal_and_others_hear_of_its_end()
      throws IOException, InterruptedException {
    var rooms = server.app().rooms();
    var ada = server.person("ada@example.org");
    var open = server.space();
    var closed = server.space();
    rooms.spaces().addMember(open.id(), ada, false, server.owner());
    rooms.spaces().addMember(closed.id(), ada, false, server.owner());
    try (var stream = stream(ada, open.id() + ".0," + closed.id() + ".0")) {
      assertThat(upTo(stream, closed.id())).contains("event: rehearsal", "\"html\":\"\"");
      rooms.spaces().removeMember(closed.id(), ada, server.owner());
      rooms.rehearsals().start(closed, new Wish("500", null, "", null), server.owner());
      rooms.rehearsals().start(open, new Wish("503", 1, "", null), server.owner());
      assertThat(upTo(stream, open.id())).contains("with 503").doesNotContain("with 500");
      assertThat(server.wire().post(target(open), "{}").status()).isEqualTo(503);
      assertThat(upTo(stream, open.id())).contains("\"html\":\"\"").doesNotContain("with 500");
    }
  }

  @Test
  void a_browser_that_is_ahead_of_what_was_restored_loads_the_page_anew()
      throws IOException, InterruptedException {
    var space = server.space();
    try (var stream = stream(server.owner(), space.id() + ".500")) {
      assertThat(upTo(stream, "event: ")).contains("event: reload");
    }
  }
}
