package campana.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.server.LiveServer;
import campana.server.ServerSettings;
import campana.server.Wire;
import campana.server.space.Space;
import campana.testkit.ManualClock;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Failures on purpose, as those who post meet them and as those who manage a space ask for them.
@Timeout(120)
class RehearsalTest {
  private static final String HI = "{\"text\":\"hi\"}";

  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();
  private LiveServer server;
  private Wire wire;
  private String root;
  private Space space;
  private String target;

  @BeforeEach
  void start() {
    server = new LiveServer(folder, ServerSettings.DEFAULT, clock);
    wire = server.wire();
    root = server.app().ownerToken();
    space = server.space();
    target = server.target(server.webhook(space));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Wire.Answer ask(String json) {
    return wire.call("POST", "/v1/" + space.name() + "/fault", root, json);
  }

  private void rehearse(String json) {
    var answer = ask(json);
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
  }

  private int post() {
    return wire.post(target, HI).status();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          503 | UNAVAILABLE        | The service is currently unavailable.
          429 | RESOURCE_EXHAUSTED | Resource has been exhausted (e.g. check quota).
          500 | INTERNAL           | Internal error encountered.
          400 | INVALID_ARGUMENT   | Request contains an invalid argument.
          403 | PERMISSION_DENIED  | The caller does not have permission
          404 | NOT_FOUND          | Requested entity was not found.
          """)
  void a_status_is_answered_as_the_real_one_and_stores_nothing(
      int status, String code, String text) {
    rehearse("{\"status\":" + status + "}");
    var answer = wire.post(target, HI);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.code()).isEqualTo(code);
    assertThat(answer.message()).isEqualTo(text);
    assertThat(answer.headers()).containsEntry("x-campana-rehearsal", "yes");
    assertThat(server.stored(space)).isZero();
  }

  @Test
  void the_503_is_the_guides_to_the_byte_and_a_429_says_how_long_to_wait() {
    rehearse("{\"status\":\"503\"}");
    assertThat(wire.post(target, HI).body())
        .isEqualTo(
            """
            {
              "error": {
                "code": 503,
                "message": "The service is currently unavailable.",
                "status": "UNAVAILABLE"
              }
            }
            """);
    rehearse("{\"status\":\"429\"}");
    var over = wire.post(target, HI);
    assertThat(over.headers()).containsEntry("retry-after", "1");
    assertThat(over.detail("RetryInfo").path("retryDelay").asString()).isEqualTo("1s");
  }

  @Test
  void html_is_what_a_gateway_in_between_would_say() {
    rehearse("{\"status\":\"html\"}");
    var answer = wire.post(target, HI);
    assertThat(answer.status()).isEqualTo(502);
    assertThat(answer.headers().get("content-type")).startsWith("text/html");
    assertThat(answer.body()).startsWith("<html>").contains("<h1>502 Bad Gateway</h1>");
    assertThat(server.stored(space)).isZero();
  }

  private Socket begin() throws IOException {
    var address = URI.create(server.app().address());
    var socket = new Socket(address.getHost(), address.getPort());
    socket.setSoTimeout(20_000);
    var head = "POST " + target + " HTTP/1.1\r\nHost: h\r\nContent-Length: " + HI.length();
    socket.getOutputStream().write((head + "\r\n\r\n" + HI).getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  @Test
  void a_reset_is_a_reset() throws IOException {
    rehearse("{\"status\":\"reset\"}");
    try (var socket = begin()) {
      assertThatThrownBy(() -> socket.getInputStream().read()).hasMessageContaining("reset");
    }
    assertThat(server.stored(space)).isZero();
  }

  @Test
  void a_hang_says_nothing_and_of_too_many_the_last_are_closed_at_once() throws IOException {
    rehearse("{\"status\":\"hang\"}");
    var hanging = new ArrayList<Socket>();
    try {
      for (int i = 0; i < RehearsedAnswer.MOST_HANGING; i++) {
        hanging.add(begin());
      }
      until(() -> rehearsed("hang") == RehearsedAnswer.MOST_HANGING);
      try (var oneMore = begin()) {
        assertThat(oneMore.getInputStream().read()).isEqualTo(-1);
      }
      assertThat(hanging.getFirst().getInputStream().available()).isZero();
      hanging.removeFirst().close();
      until(this::hangs); // who leaves makes room
      var began = System.nanoTime();
      server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(5));
      for (var socket : hanging) {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
      }
    } finally {
      for (var socket : hanging) {
        socket.close();
      }
      server = new LiveServer(folder, ServerSettings.DEFAULT, clock);
    }
  }

  private boolean hangs() {
    try (var socket = begin()) {
      socket.setSoTimeout(300);
      socket.getInputStream().read();
      return false;
    } catch (SocketTimeoutException e) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void until(BooleanSupplier so) {
    var patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!so.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited too long").isLessThan(patience);
      LockSupport.parkNanos(5_000_000);
    }
  }

  private int rehearsed(String fault) {
    return metric("campana_posts_rehearsed_total{fault=\"" + fault + "\"}");
  }

  private int metric(String name) {
    return wire.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .orElse(0);
  }

  @Test
  void a_count_meets_that_many_posts_exactly_also_at_once() {
    rehearse("{\"status\":503,\"count\":7}");
    var statuses = IntStream.range(0, 40).parallel().map(_ -> post()).boxed().toList();
    assertThat(statuses).filteredOn(status -> status == 503).hasSize(7);
    assertThat(server.stored(space)).isEqualTo(33);
    assertThat(rehearsed("503")).isEqualTo(7);
    assertThat(metric("campana_posts_total{status=\"503\"}")).isZero();
    assertThat(metric("campana_posts_total{status=\"200\"}")).isEqualTo(33);
  }

  @Test
  void a_time_ends_it() {
    rehearse("{\"status\":503,\"duration\":\"30s\"}");
    clock.advance(Duration.ofMillis(29_999));
    assertThat(post()).isEqualTo(503);
    clock.advance(Duration.ofMillis(1));
    assertThat(post()).isEqualTo(200);
    assertThat(now()).doesNotContain("status");
  }

  private String now() {
    return wire.call("GET", "/v1/" + space.name() + "/fault", root, "").body();
  }

  @Test
  void the_first_bound_that_is_reached_ends_it() {
    rehearse("{\"status\":503,\"duration\":\"1h\",\"count\":2}");
    assertThat(now()).contains("\"left\": 2", "\"endTime\": \"2026-03-14T13:00:00Z\"");
    assertThat(List.of(post(), post(), post())).containsExactly(503, 503, 200);
  }

  @Test
  void until_it_is_switched_off_every_post_fails_and_other_spaces_take_theirs() {
    rehearse("{\"status\":503}");
    assertThat(List.of(post(), post(), post())).containsOnly(503);
    assertThat(wire.post(server.target(), HI).status()).isEqualTo(200);
    var off = wire.call("DELETE", "/v1/" + space.name() + "/fault", root, "");
    assertThat(off.status()).isEqualTo(200);
    assertThat(post()).isEqualTo(200);
    assertThat(wire.call("DELETE", "/v1/" + space.name() + "/fault", root, "").status())
        .isEqualTo(200);
  }

  @Test
  void no_slot_of_the_quota_and_no_request_id_is_used_up() {
    var slow = server.slowSpace();
    var to = server.target(server.webhook(slow)) + "&requestId=r1";
    server
        .wire()
        .call("POST", "/v1/" + slow.name() + "/fault", root, "{\"status\":503,\"count\":2}");
    var statuses = IntStream.range(0, 3).map(_ -> wire.post(to, HI).status()).boxed().toList();
    assertThat(statuses).containsExactly(503, 503, 200);
    assertThat(server.stored(slow)).isEqualTo(1);
  }

  @Test
  void a_stranger_learns_nothing_and_a_wrong_body_meets_it_as_a_right_one_would() {
    rehearse("{\"status\":500,\"count\":2}");
    var stranger = target.replaceFirst("token=.{6}", "token=wrong1");
    assertThat(wire.post(stranger, HI).status()).isEqualTo(403);
    assertThat(wire.post(target.replaceFirst("key=.{6}", "key=wrong1"), HI).status())
        .isEqualTo(400);
    assertThat(wire.post(target, "{").status()).isEqualTo(500);
    assertThat(wire.post(target, "x".repeat(2_000_000)).status()).isEqualTo(500);
    assertThat(wire.post(target, "{").status()).isEqualTo(400);
  }

  @Test
  void owners_and_managers_may_members_and_strangers_may_not() {
    var manager = server.person("manager@example.org");
    var member = server.person("member@example.org");
    var spaces = server.app().rooms().spaces();
    spaces.addMember(space.id(), manager, true, server.owner());
    spaces.addMember(space.id(), member, false, server.owner());
    var fault = "/v1/" + space.name() + "/fault";
    var wish = "{\"status\":503}";
    for (var who : List.of(member, server.person("stranger@example.org"))) {
      var token = server.token(who);
      assertThat(wire.call("POST", fault, token, wish).status()).isEqualTo(403);
      assertThat(wire.call("GET", fault, token, "").status()).isEqualTo(403);
      assertThat(wire.call("DELETE", fault, token, "").status()).isEqualTo(403);
    }
    assertThat(wire.post(fault, wish).status()).isEqualTo(401);
    assertThat(post()).isEqualTo(200);
    var token = server.token(manager);
    var begun = wire.call("POST", fault, token, wish);
    assertThat(begun.status()).isEqualTo(200);
    assertThat(begun.json().path("status").asString()).isEqualTo("503");
    assertThat(begun.json().path("rate").asInt()).isEqualTo(100);
    assertThat(wire.call("GET", fault, token, "").body()).isEqualTo(begun.body());
    assertThat(post()).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}                                      | fault.status
          {"status":"418"}                        | fault.status
          {"status":"503","count":0}              | fault.count
          {"status":"503","count":1000001}        | fault.count
          {"status":"503","duration":"0s"}        | fault.duration
          {"status":"503","duration":"25h"}       | fault.duration
          {"status":"503","duration":"half"}      | fault.duration
          {"status":"503","rate":0}               | fault.rate
          {"status":"503","rate":101}             | fault.rate
          {"status":"503","rate":"20%"}           | fault.rate
          {"status":"503","often":1}              | fault
          """)
  void a_wrong_wish_names_its_field_and_changes_nothing(String json, String field) {
    var answer = ask(json);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.field()).isEqualTo(field);
    assertThat(answer.message()).contains(field.substring(field.indexOf('.') + 1));
    assertThat(post()).isEqualTo(200);
  }

  @Test
  void deleting_the_space_and_starting_the_server_anew_end_it() {
    rehearse("{\"status\":503}");
    var spaces = server.app().rooms().spaces();
    spaces.delete(space.id(), server.owner());
    assertThat(wire.call("GET", "/v1/" + space.name() + "/fault", root, "").status())
        .isEqualTo(404);
    spaces.restore(space.id(), server.owner());
    assertThat(post()).isEqualTo(200);

    rehearse("{\"status\":503}");
    server.close();
    server = new LiveServer(folder, ServerSettings.DEFAULT, clock);
    wire = server.wire();
    assertThat(post()).isEqualTo(200);
  }
}
