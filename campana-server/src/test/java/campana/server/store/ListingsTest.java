package campana.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.FreshDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How SQLite goes about a listing.
class ListingsTest {
  @TempDir Path folder;
  private FreshDatabase fresh;

  @BeforeEach
  void open() {
    fresh = FreshDatabase.at(folder, ChatSchema.FILE, ChatSchema.migrations());
  }

  @AfterEach
  void close() {
    fresh.close();
  }

  @Test
  void listings_of_spaces_begin_where_the_page_before_ended() {
    assertThat(plan(SqlSpaces.PAGE, "cmp", 10)).contains("space_listed").doesNotContain("SCAN");
    assertThat(plan(SqlSpaces.PAGE_FOR, "7", "cmp", 10))
        .contains("member_person (person_id=? AND space_id>?)")
        .doesNotContain("SCAN", "TEMP B-TREE");
  }

  private String plan(String sql, Object... args) {
    List<String> steps =
        fresh
            .database()
            .read(tx -> tx.query("explain query plan " + sql, row -> row.text(4), args));
    return String.join("\n", steps);
  }
}
