package campana.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.LiveServer;
import campana.server.ServerSettings;
import campana.server.Wire;
import campana.server.space.Space;
import campana.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Messages as the resources API gives them.
class MessagesApiTest {
  @TempDir static Path folder;
  static final ManualClock CLOCK = new ManualClock();
  static LiveServer server;
  static Wire wire;
  static String root;

  @BeforeAll
  static void start() {
    server = new LiveServer(folder, ServerSettings.DEFAULT, CLOCK);
    wire = server.wire();
    root = server.app().ownerToken();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String post(Space space, String text) {
    var answer = wire.post(server.target(server.webhook(space)), "{\"text\":\"" + text + "\"}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.name();
  }

  @Test
  void a_removed_message_says_when_and_one_that_stands_does_not() {
    var space = server.space();
    var first = post(space, "one");
    post(space, "two");
    CLOCK.advance(Duration.ofMinutes(5));
    var removed = CLOCK.instant().toString();
    assertThat(wire.call("DELETE", "/v1/" + first, root, "").status()).isEqualTo(200);
    CLOCK.advance(Duration.ofMinutes(5));
    var listed = wire.call("GET", "/v1/" + space.name() + "/messages?showDeleted=true", root, "");
    var gone = listed.json().at("/messages/0");
    assertThat(gone.path("name").asString()).isEqualTo(first);
    assertThat(gone.path("deleteTime").asString()).isEqualTo(removed);
    assertThat(gone.at("/deletionMetadata/deletionType").asString()).isEqualTo("SPACE_OWNER");
    assertThat(gone.has("text")).isFalse();
    assertThat(wire.call("GET", "/v1/" + first, root, "").json()).isEqualTo(gone);
    assertThat(listed.json().at("/messages/1").has("deleteTime")).isFalse();
  }

  @Test
  void pretty_print_false_makes_an_answer_compact_and_an_error_not() {
    var space = server.space();
    var pretty = wire.call("GET", "/v1/" + space.name(), root, "");
    var compact = wire.call("GET", "/v1/" + space.name() + "?prettyPrint=false", root, "");
    assertThat(pretty.body()).startsWith("{\n  \"name\"");
    assertThat(compact.body()).startsWith("{\"name\":\"").doesNotContain("\n");
    assertThat(compact.json()).isEqualTo(pretty.json());
    var missing = wire.call("GET", "/v1/spaces/cmpNeverWas1?prettyPrint=false", root, "");
    assertThat(missing.body()).startsWith("{\n  \"error\": {");
  }
}
