package campana.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.Change;
import campana.server.LiveServer;
import campana.server.ServerSettings;
import campana.server.Wire;
import campana.server.message.Message;
import campana.server.policy.Policy;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.testkit.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// docs/protocol.md, «Vectors» 74 and 75, and who may use webhooks at all.
@ParameterizedClass
@EnumSource(value = Kind.class, mode = EnumSource.Mode.EXCLUDE, names = "CITUS")
class PolicyVectorsTest {
  private static final String HI = "{\"text\":\"hi\"}";

  @TempDir Path folder;
  LiveServer server;
  Wire wire;

  @Parameter Kind kind;

  @BeforeEach
  void start() {
    server = new LiveServer(kind, folder);
    wire = server.wire();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private void set(boolean webhooks, boolean inDirectMessages) {
    server.app().rooms().policies().set(new Policy(webhooks, inDirectMessages));
  }

  private Change<?> add(Space space) {
    return server.app().rooms().webhooks().create(space, "Another", "");
  }

  private void refused(String target) {
    var answer = wire.post(target, HI);
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.code()).isEqualTo("PERMISSION_DENIED");
    assertThat(answer.message()).isEqualTo("The caller does not have permission");
  }

  @Test
  void v74_where_the_organisation_forbids_webhooks_posts_are_refused_and_none_can_be_added() {
    var space = server.space();
    var target = server.target(server.webhook(space));
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
    set(false, true);
    refused(target);
    assertThat(add(space)).isInstanceOf(Change.Forbidden.class);
    assertThat(wire.post(target + "x", HI).message())
        .as("a wrong token is told the same as ever")
        .startsWith("The API is called without a valid token");
    set(true, true);
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
    assertThat(server.stored(space)).isEqualTo(2);
  }

  @Test
  void a_direct_message_takes_webhooks_only_while_every_member_has_chat_apps_on() {
    var ada = server.person("ada@example.org");
    var space =
        server.space(
            SpaceType.DIRECT_MESSAGE,
            ThreadingState.THREADED_MESSAGES,
            LiveServer.FAST,
            List.of(ada));
    var named = server.target();
    var target = server.target(server.webhook(space));
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
    server.app().rooms().people().setChatApps(ada.id(), false);
    refused(target);
    assertThat(add(space)).isInstanceOf(Change.Forbidden.class);
    assertThat(wire.post(named, HI).status()).as("named spaces do not care").isEqualTo(200);
    server.app().rooms().people().setChatApps(ada.id(), true);
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
  }

  @Test
  void the_second_switch_forbids_webhooks_in_direct_messages_alone() {
    var ada = server.person("ada@example.org");
    var space =
        server.space(
            SpaceType.DIRECT_MESSAGE,
            ThreadingState.THREADED_MESSAGES,
            LiveServer.FAST,
            List.of(ada));
    var named = server.target();
    var target = server.target(server.webhook(space));
    set(true, false);
    refused(target);
    assertThat(add(space)).isInstanceOf(Change.Forbidden.class);
    assertThat(wire.post(named, HI).status()).isEqualTo(200);
  }

  @Test
  void a_switch_in_the_config_cannot_be_changed_and_holds_after_a_reload() {
    var target = server.target();
    var old = ServerSettings.DEFAULT;
    server
        .app()
        .reload(
            new ServerSettings(
                "",
                old.quota(),
                false,
                false,
                false,
                true,
                new Policy(false, true),
                true,
                old.retention()));
    refused(target);
    assertThat(server.app().rooms().policies().set(Policy.DEFAULT))
        .isInstanceOf(Change.Forbidden.class);
    server.app().reload(old);
    assertThat(wire.post(target, HI).status()).isEqualTo(200);
  }

  @Test
  void v75_viewers_of_the_space_are_told_of_the_message_and_nobody_else_is() throws Exception {
    var space = server.space();
    var other = server.space();
    var webhook = server.webhook(space);
    var here = new LinkedBlockingQueue<Message>();
    var there = new LinkedBlockingQueue<Message>();
    try (var _ = server.app().feed().subscribe(space.id(), here::add);
        var _ = server.app().feed().subscribe(other.id(), there::add)) {
      var answer = wire.post(server.target(webhook), HI);
      var told = here.poll(10, TimeUnit.SECONDS);
      assertThat(told).isNotNull();
      assertThat(told.name()).isEqualTo(answer.name());
      assertThat(told.webhookId()).isEqualTo(webhook.id());
      assertThat(there).isEmpty();
    }
  }
}
