package campana.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.testdb.TestPostgres;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files and a PostgreSQL that hold one table.
class MoveTest {
  private static final int ROWS = 25_000;
  private static final String ALTERS =
      """
      create function alters() returns trigger language plpgsql as
        $$ begin if new.id = 7 then new.text = 'other'; end if; return new; end $$;
      create trigger alters before insert on test.note for each row execute function alters()\
      """;

  @TempDir Path path;
  private final String url = TestPostgres.ofItsOwn();
  private final PostgresAddress to = PostgresAddress.parse(url);
  private final List<String> told = new ArrayList<>();

  private record Plain(Set<String> left, Map<String, String> only) implements Move.Contents {
    @Override
    public void settle(Tx tx) {
      tx.update(Fixture.ADD, 0, "settled");
    }
  }

  private static final Plain ALL = new Plain(Set.of(), Map.of());

  @BeforeEach
  void fill() {
    try (var fixture = new Fixture(path)) {
      vault().fit(fixture.database);
      fixture.database.write(tx -> {
        for (var id = 1; id <= ROWS; id++) {
          tx.update(Fixture.ADD, id, "text \\ \t " + id);
        }
        return true;
      });
    }
  }

  private Vault vault() {
    return Vault.open(path.resolve(Vault.KEY_FILE), true, new SecureRandom());
  }

  private SortedMap<String, Long> move(Move.Contents contents, String... steps) {
    var part = new Move.Part(Fixture.FILE, "test", Fixture.migrations(steps), contents);
    try (var folder = DataFolder.hold(path)) {
      return Move.run(
          folder,
          List.of(part),
          to,
          vault(),
          new Move.Progress() {
            @Override
            public void copied(String table, long rows, long of) {
              told.add(table + " " + rows + "/" + of);
            }

            @Override
            public void compared(String table, long rows) {
              told.add(table + " " + rows);
            }
          });
    }
  }

  private Database target() {
    return Database.open(
        to, "test", Fixture.migrations("V1__note.sql"), Database.Settings.of(_ -> {}, _ -> {}));
  }

  private long here() {
    try (var fixture = new Fixture(path)) {
      return fixture.count();
    }
  }

  @Test
  void rows_are_the_same_afterwards_and_the_file_is_as_it_was() {
    assertThat(move(ALL, "V1__note.sql"))
        .isEqualTo(Map.of("test.note", ROWS + 1L, "test.vault_mark", 1L));
    assertThat(told)
        .contains("test.note 10000/25001", "test.note 20000/25001", "test.note 25001/25001")
        .contains("test.note 25001");
    try (var database = target()) {
      vault().fit(database);
      var text =
          database.read(tx ->
              tx.first("select text from note where id = 9", row -> row.text(1)).orElseThrow());
      assertThat(text).isEqualTo("text \\ \t 9");
    }
    assertThat(here()).isEqualTo(ROWS);
  }

  @Test
  void one_row_that_differs_undoes_all() {
    target().close();
    assertThat(TestPostgres.execute(url, ALTERS)).isEmpty();
    assertThatThrownBy(() -> move(ALL, "V1__note.sql"))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("test.note is not the same on both sides");
    assertThat(TestPostgres.execute(url, "select count(*) from test.note")).contains("0");
    TestPostgres.execute(url, "drop trigger alters on test.note");
    assertThat(move(ALL, "V1__note.sql")).containsEntry("test.note", ROWS + 1L);
  }

  @Test
  void what_fails_on_the_way_leaves_nothing_behind_and_it_can_be_begun_anew() {
    var wrong = new Plain(Set.of(), Map.of("vault_mark", "no such column"));
    assertThatThrownBy(() -> move(wrong, "V1__note.sql")).isInstanceOf(CannotOpen.class);
    assertThat(
            TestPostgres.execute(url, "select count(*) from pg_namespace where nspname = 'test'"))
        .contains("0");
    assertThat(move(ALL, "V1__note.sql")).containsEntry("test.note", ROWS + 1L);
  }

  @Test
  void what_has_no_place_is_no_loss_in_silence() {
    try (var fixture = new Fixture(path)) {
      fixture.update("create table forgotten (id integer)");
    }
    assertThatThrownBy(() -> move(ALL, "V1__note.sql"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("forgotten");
    assertThat(move(new Plain(Set.of("forgotten"), Map.of()), "V1__note.sql")).hasSize(2);
  }

  @Test
  void other_versions_and_what_holds_anything_are_refused() {
    assertThatThrownBy(() -> move(ALL, "V1__note.sql", "V2__author.sql"))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("test.db has version 1; wanted: version 2");
    TestPostgres.execute(url, "create schema test; create table test.mine (id int)");
    assertThatThrownBy(() -> move(ALL, "V1__note.sql"))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("holds tables of something else");
    TestPostgres.execute(url, "drop table test.mine");
    try (var database =
        Database.open(
            to,
            "test",
            Fixture.migrations("V1__note.sql", "V2__author.sql"),
            Database.Settings.of(_ -> {}, _ -> {}))) {
      assertThat(database.shared()).isTrue();
    }
    assertThatThrownBy(() -> move(ALL, "V1__note.sql"))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("schema test has version 2; wanted: version 1");
    TestPostgres.execute(url, "drop schema test cascade");
    try (var database = target()) {
      database.write(tx -> tx.update(Fixture.ADD, 1, "mine"));
      assertThatThrownBy(() -> move(ALL, "V1__note.sql"))
          .isInstanceOf(CannotOpen.class)
          .hasMessageContaining("in use by a running server");
    }
    assertThatThrownBy(() -> move(ALL, "V1__note.sql"))
        .isInstanceOf(CannotOpen.class)
        .hasMessageContaining("holds data already (note)");
  }
}
