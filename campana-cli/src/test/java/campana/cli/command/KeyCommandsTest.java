package campana.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.cli.Live;
import campana.cli.Ran;
import campana.store.CannotOpen;
import campana.testdb.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A new key for several processes on one PostgreSQL. For a data folder: [LiveCommandsTest].
class KeyCommandsTest {
  @TempDir Path one = Path.of("");
  @TempDir Path other = Path.of("");
  private final String url = TestPostgres.ofItsOwn();

  @Test
  void all_are_stopped_one_makes_it_and_each_gets_the_file() throws IOException {
    String webhook;
    try (var live = Live.start(one, url)) {
      webhook = live.serving().made().orElseThrow().webhookUrl();
      Files.copy(one.resolve("secret.key"), other.resolve("secret.key"));
      var inUse = Ran.campana("key", "rotate", "--data", other.toString(), "--database", url);
      assertThat(inUse.exitCode()).isEqualTo(2);
      assertThat(inUse.err()).contains("in use by a running server").hasLineCount(1);
    }
    var environment = Map.of("CAMPANA_DATABASE", url);
    var rotated = Ran.campana(environment, "", "key", "rotate", "--data", one.toString());
    assertThat(rotated.exitCode()).as(rotated.err()).isZero();
    assertThat(rotated.out()).isEqualTo(one.resolve("secret.key").toString());
    assertThat(rotated.err()).contains("3 secrets sealed anew", "needs a copy");

    assertThatThrownBy(() -> Live.start(other, url))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("does not fit");
    Files.delete(other.resolve("secret.key"));
    Files.copy(one.resolve("secret.key"), other.resolve("secret.key"));
    try (var live = Live.start(other, url)) {
      var path = webhook.substring(webhook.indexOf("/v1/"));
      assertThat(live.says("webhook", "list", "Quickstart", "--json")).contains(path);
      assertThat(live.campana("send", "--url", live.serving().address() + path, "x").exitCode())
          .isZero();
    }
  }

  @Test
  void where_nothing_is_yet_there_is_nothing_to_seal() {
    var empty = TestPostgres.ofItsOwn();
    try (var live = Live.start(one)) {
      assertThat(live.data()).isEqualTo(one);
    }
    var ran = Ran.campana("key", "rotate", "--data", one.toString(), "--database", empty);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("nothing in it yet").hasLineCount(1);
  }
}
