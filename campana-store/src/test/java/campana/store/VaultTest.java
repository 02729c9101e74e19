package campana.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultTest {
  @TempDir Path folder;
  private final SecureRandom random = new SecureRandom();

  private Vault vault(String file) {
    return Vault.open(folder.resolve(file), true, random);
  }

  @Test
  void what_was_sealed_opens_again_after_a_restart() throws Exception {
    var sealed = vault("secret.key").seal("https://hooks/token");
    assertThat(sealed).doesNotContain("token");
    assertThat(vault("secret.key").open(sealed)).contains("https://hooks/token");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("secret.key"))))
        .isEqualTo("rw-------");
  }

  @Test
  void the_same_secret_is_never_sealed_the_same_way() {
    var vault = vault("secret.key");
    assertThat(vault.seal("a")).isNotEqualTo(vault.seal("a"));
  }

  @Test
  void a_changed_text_or_another_key_opens_nothing() {
    var sealed = vault("secret.key").seal("a secret");
    var changed =
        sealed.substring(0, sealed.length() - 3) + (sealed.endsWith("AAA") ? "BBB" : "AAA");
    assertThat(vault("secret.key").open(changed)).isEmpty();
    assertThat(vault("other.key").open(sealed)).isEmpty();
    assertThat(vault("secret.key").open("nonsense")).isEmpty();
  }

  @Test
  void after_a_rotation_old_texts_still_open_and_are_known_as_old() {
    var before = vault("secret.key");
    var old = before.seal("a");
    var after = before.rotated();
    assertThat(after.open(old)).contains("a");
    assertThat(after.outdated(old)).isTrue();
    assertThat(after.outdated(after.seal("a"))).isFalse();
    assertThat(vault("secret.key").open(after.seal("b"))).contains("b");
  }

  @Test
  void a_key_that_does_not_fit_the_database_is_refused() {
    try (var fixture = new Fixture(folder)) {
      var vault = vault("secret.key");
      vault.fit(fixture.database);
      vault.rotated().fit(fixture.database);
      assertThatThrownBy(() -> vault("other.key").fit(fixture.database))
          .isInstanceOf(CannotOpen.class)
          .hasMessageContaining("does not fit");
    }
  }

  @Test
  void a_missing_or_damaged_key_file_is_refused_in_one_line() throws Exception {
    assertThatThrownBy(() -> Vault.open(folder.resolve("none.key"), false, random))
        .isInstanceOf(CannotOpen.class)
        .hasMessageNotContaining("\n");
    var damaged = Files.writeString(folder.resolve("damaged.key"), "0123abcd 00ff\n");
    assertThatThrownBy(() -> Vault.open(damaged, false, random))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("line 1")
        .hasMessageNotContaining("00ff");
    var bytes = Files.write(folder.resolve("bytes.key"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> Vault.open(bytes, false, random))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("it is damaged");
  }
}
