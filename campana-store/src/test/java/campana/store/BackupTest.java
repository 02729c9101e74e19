package campana.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
  private static final List<String> NAMES = List.of(Fixture.FILE, "secret.key", "campana.yaml");

  @TempDir Path parent;
  private Path archive;
  private Path target;

  @BeforeEach
  void name() {
    archive = parent.resolve("backup.zip");
    target = parent.resolve("restored");
  }

  private void write(boolean withKey) throws IOException {
    var key = Files.writeString(parent.resolve("secret.key"), "the key");
    try (var fixture = new Fixture(parent.resolve("data"))) {
      fixture.add(1, "kept");
      var others = withKey ? Map.of("secret.key", key) : Map.<String, Path>of();
      assertThat(Backup.write(fixture.database, others, archive))
          .isInstanceOf(Backup.Result.Done.class);
      fixture.add(2, "later"); // it is still in use
    }
  }

  private Backup.Result restore() {
    try (var folder = DataFolder.hold(target)) {
      return Backup.restore(archive, folder, NAMES, Fixture.FILE);
    }
  }

  @Test
  void a_backup_made_in_use_restores_what_was_there_then() throws Exception {
    write(true);
    assertThat(restore()).isEqualTo(new Backup.Result.Done(List.of("secret.key", Fixture.FILE)));
    assertThat(target.resolve("secret.key")).hasContent("the key");
    try (var fixture = new Fixture(target)) {
      assertThat(fixture.count()).isEqualTo(1);
    }
  }

  @Test
  void without_the_key_it_holds_no_key() throws Exception {
    write(false);
    assertThat(restore()).isEqualTo(new Backup.Result.Done(List.of(Fixture.FILE)));
    assertThat(target.resolve("secret.key")).doesNotExist();
  }

  @Test
  void a_folder_with_data_is_left_alone() throws Exception {
    write(true);
    Files.createDirectories(target);
    Files.writeString(target.resolve("other.txt"), "mine");
    assertThat(restore()).isInstanceOf(Backup.Result.Failed.class);
    assertThat(target.resolve(Fixture.FILE)).doesNotExist();
    assertThat(target.resolve("other.txt")).hasContent("mine");
  }

  @Test
  void a_file_that_is_there_is_never_written_over() throws Exception {
    write(true);
    try (var fixture = new Fixture(parent.resolve("data"))) {
      assertThat(Backup.write(fixture.database, Map.of(), archive))
          .isInstanceOf(Backup.Result.Failed.class);
    }
  }

  @Test
  void one_changed_byte_and_nothing_is_restored() throws Exception {
    write(true);
    var bytes = Files.readAllBytes(archive);
    for (var at : new int[] {bytes.length / 2, 60, 200}) {
      var damaged = bytes.clone();
      damaged[at] ^= 1;
      Files.write(archive, damaged);
      assertThat(restore()).isInstanceOf(Backup.Result.Failed.class);
      assertThat(target.resolve(Fixture.FILE)).doesNotExist();
      assertThat(target.resolve("secret.key")).doesNotExist();
    }
  }

  @Test
  void a_backup_that_is_cut_off_is_called_so() throws Exception {
    write(true);
    var bytes = Files.readAllBytes(archive);
    Files.write(archive, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThat(restore())
        .isInstanceOfSatisfying(
            Backup.Result.Failed.class,
            failed -> assertThat(failed.why()).contains("cut off", "wanted: the whole file"));
  }
}
