package campana.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is true of a file alone.
class SqliteTest {
  @TempDir Path folder;

  @Test
  void a_full_disk_refuses_and_when_there_is_room_again_it_goes_on() {
    try (var fixture = new Fixture(folder, 100, 40)) {
      var text = "x".repeat(4000);
      var id = new AtomicInteger();
      assertThatThrownBy(
              () -> {
                while (id.get() < 1000) {
                  fixture.add(id.incrementAndGet(), text);
                }
              })
          .isInstanceOf(StoreBusy.class)
          .hasMessageContaining("full");
      assertThat(fixture.count()).isEqualTo(id.get() - 1);
      fixture.update("delete from note where id <= 5");
      assertThat(fixture.add(5000, "there is room")).isEqualTo(1);
      assertThat(fixture.lines).isEmpty();
    }
  }

  @Test
  void who_reads_while_the_disk_is_full_is_answered() {
    try (var fixture = new Fixture(folder, 100, 40)) {
      assertThatThrownBy(() -> fixture.add(1, "x".repeat(400_000))).isInstanceOf(StoreBusy.class);
      assertThat(fixture.count()).isZero();
      fixture.add(2, "small");
      assertThat(fixture.count()).isEqualTo(1);
    }
  }

  @Test
  void a_folder_in_use_is_refused_in_one_line() {
    try (var fixture = new Fixture(folder)) {
      assertThat(fixture.count()).isZero();
      assertThatThrownBy(() -> DataFolder.hold(folder))
          .isInstanceOf(CannotOpen.class)
          .hasMessageContaining("in use by a running server")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void a_file_that_is_no_database_is_refused_in_one_line() throws Exception {
    java.nio.file.Files.writeString(folder.resolve(Fixture.FILE), "no database at all ".repeat(99));
    assertThatThrownBy(() -> new Fixture(folder))
        .isInstanceOf(CannotOpen.class)
        .hasMessageNotContaining("\n");
  }

  @Test
  void before_a_new_step_there_is_a_backup() {
    try (var fixture = new Fixture(folder)) {
      fixture.add(1, "kept");
    }
    try (var newer = new Fixture(Kind.SQLITE, folder, 100, 0, "V1__note.sql", "V2__author.sql")) {
      assertThat(folder.resolve(Fixture.FILE + ".before-V2")).exists();
      assertThat(newer.lines).singleElement().asString().contains("to go back");
    }
  }
}
