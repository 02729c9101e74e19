package campana.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.LiveServer;
import campana.server.Wire;
import campana.server.space.Space;
import campana.server.store.SqlMessages;
import campana.testkit.Kind;
import campana.testkit.ManualClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Messages as the resources API gives them.
@ParameterizedClass
@EnumSource(Kind.class)
class MessagesApiTest {
  @Parameter Kind kind;

  static final ManualClock CLOCK = new ManualClock();
  static LiveServer server;
  static Wire wire;
  static String root;

  @BeforeParameterizedClassInvocation
  static void start(Kind kind, @TempDir Path folder) {
    server = new LiveServer(kind, folder, CLOCK);
    wire = server.wire();
    root = server.app().ownerToken();
  }

  @AfterParameterizedClassInvocation
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

  @Test
  void a_filter_by_time_finds_what_was_filed_and_what_was_not_though_the_clock_was_set_back() {
    var space = server.space();
    var target = server.target(server.webhook(space));
    var noon = CLOCK.instant();
    for (var i = 0; i < 40; i++) {
      if (i == 30) {
        ((SqlMessages) server.app().rooms().messages()).fileNow();
      }
      CLOCK.advance(i == 25 ? Duration.ofMinutes(-30) : Duration.ofMinutes(10));
      assertThat(wire.post(target, "{\"text\":\"m" + i + "\"}").status()).isEqualTo(200);
    }
    for (var order : new String[] {"ASC", "DESC"}) {
      var list = "/v1/" + space.name() + "/messages?pageSize=1000&orderBy=createTime%20" + order;
      var all = wire.call("GET", list, root, "").json().path("messages");
      assertThat(all).hasSize(40);
      for (var hours = 0; hours < 8; hours++) {
        var from = noon.plus(Duration.ofHours(hours)).toString();
        var to = noon.plus(Duration.ofHours(hours + 1)).toString();
        var filter = "createTime > \"" + from + "\" AND createTime < \"" + to + "\"";
        var asked = list + "&filter=" + URLEncoder.encode(filter, StandardCharsets.UTF_8);
        var wanted = new ArrayList<String>();
        for (var message : all) {
          var time = Instant.parse(message.path("createTime").asString());
          if (time.isAfter(Instant.parse(from)) && time.isBefore(Instant.parse(to))) {
            wanted.add(message.path("name").asString());
          }
        }
        var found = new ArrayList<String>();
        wire.call("GET", asked, root, "")
            .json()
            .path("messages")
            .forEach(message -> found.add(message.path("name").asString()));
        assertThat(found).as(filter + " " + order).isEqualTo(wanted);
      }
    }
  }
}
