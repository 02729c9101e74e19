package campana.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import campana.cli.config.ConfigRead;
import campana.cli.config.Mistake;
import campana.cli.config.ServeConfig;
import campana.http.Cidr;
import campana.http.HttpSettings;
import campana.server.Operations.Finding;
import campana.server.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
  private static final ServeConfig USUAL =
      new ServeConfig(Optional.empty(), HttpSettings.at("127.0.0.1", 8080), ServerSettings.DEFAULT);

  @TempDir Path folder = Path.of("");

  @Test
  void a_disk_is_found_from_85_percent_on() {
    assertThat(new Doctor().disk(folder, 0.849).findings()).isEmpty();
    assertThat(new Doctor().disk(folder, 0.85).findings())
        .singleElement()
        .extracting(Finding::text)
        .asString()
        .contains("85 % full");
    assertThat(new Doctor().disk(folder, 0).findings()).isEmpty();
  }

  @Test
  void a_clock_that_was_never_set_is_found() {
    assertThat(new Doctor().clock(Instant.parse("2027-05-01T00:00:00Z")).findings()).isEmpty();
    assertThat(new Doctor().clock(Instant.EPOCH).findings()).hasSize(1);
  }

  @Test
  void a_key_that_others_can_read_is_found() throws IOException {
    var key = Files.writeString(folder.resolve("secret.key"), "");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    assertThat(new Doctor().files(List.of(key, folder.resolve("none"))).findings()).isEmpty();
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThat(new Doctor().files(List.of(key)).findings())
        .containsExactly(
            new Finding("error", "files: others can read " + key + "; chmod 600 " + key));
  }

  @Test
  void an_address_that_others_cannot_use_safely_is_found() {
    assertThat(new Doctor().address(USUAL).findings()).isEmpty();
    var open =
        new ServeConfig(Optional.empty(), HttpSettings.at("0.0.0.0", 8080), ServerSettings.DEFAULT);
    assertThat(new Doctor().address(open).findings()).hasSize(1);
    var proxied =
        new ServeConfig(
            Optional.empty(),
            HttpSettings.at("0.0.0.0", 8080).withTrustedProxies(List.of(Cidr.of("10.0.0.1"))),
            ServerSettings.DEFAULT);
    assertThat(new Doctor().address(proxied).findings())
        .singleElement()
        .extracting(Finding::text)
        .asString()
        .startsWith("url: ");
  }

  @Test
  void a_config_that_is_not_in_force_is_found() {
    var other =
        new ServeConfig(
            Optional.empty(), HttpSettings.at("127.0.0.1", 9090), ServerSettings.DEFAULT);
    assertThat(new Doctor().config(USUAL, new ConfigRead.Valid(USUAL)).findings()).isEmpty();
    assertThat(new Doctor().config(USUAL, new ConfigRead.Valid(other)).findings())
        .containsExactly(
            new Finding("warning", "config: changed since the start: server.port; restart"));
    var wrong = new ConfigRead.Invalid(List.of(new Mistake("c.yaml:1", "server.x", "unknown")));
    assertThat(new Doctor().config(USUAL, wrong).findings())
        .containsExactly(
            new Finding("error", "config: c.yaml:1: server.x: unknown; campana check says all"));
  }
}
