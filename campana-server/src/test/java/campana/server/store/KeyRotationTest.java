package campana.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.LiveServer;
import campana.store.Tx;
import campana.store.Vault;
import campana.testkit.FreshDatabase;
import campana.testkit.Kind;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Kind.class)
class KeyRotationTest {
  @Parameter Kind kind;
  @TempDir Path folder;

  /// Whatever looks sealed, wherever it stands: no column needs to be known here.
  private static List<String> sealed(Tx tx) {
    return Stream.of("select token_sealed from webhook", "select value from setting")
        .flatMap(sql -> tx.query(sql, row -> row.text(1)).stream())
        .filter(value -> value.matches("1\\.[0-9a-f]{8}\\..+"))
        .toList();
  }

  private Vault vault() {
    return Vault.open(folder.resolve(Vault.KEY_FILE), false, new SecureRandom());
  }

  @Test
  void a_new_key_seals_every_secret_anew_and_every_secret_stays_what_it_was() {
    String token;
    String target;
    try (var server = new LiveServer(kind, folder)) {
      token = server.app().ownerToken();
      target = server.target();
    }
    try (var fresh = FreshDatabase.of(kind, folder, ChatSchema.FILE, ChatSchema.migrations())) {
      var database = fresh.database();
      var before = database.read(KeyRotationTest::sealed);
      var old = vault();
      var rotated = old.rotated();

      assertThat(KeyRotation.run(database, rotated)).isEqualTo(before.size());

      var after = database.read(KeyRotationTest::sealed);
      assertThat(before).hasSize(3).allMatch(rotated::outdated);
      assertThat(after).hasSize(3).noneMatch(rotated::outdated);
      assertThat(after.stream().map(rotated::open))
          .containsExactlyElementsOf(before.stream().map(old::open).toList());
      assertThat(KeyRotation.run(database, rotated)).as("a second time").isZero();
    }
    try (var server = new LiveServer(kind, folder)) {
      assertThat(server.app().ownerToken()).isEqualTo(token);
      assertThat(server.wire().post(target, "{\"text\":\"still here\"}").status()).isEqualTo(200);
    }
  }
}
