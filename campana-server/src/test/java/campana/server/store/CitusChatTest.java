package campana.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testdb.CitusRules;
import campana.testdb.TestPostgres;
import campana.testkit.FreshDatabase;
import campana.testkit.Kind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What Citus wants of the chat server's schema and of all statements that the tests before this
/// one have had prepared: it is the last.
@Order(Integer.MAX_VALUE)
class CitusChatTest {
  /// What may ask all nodes, by how it begins: rare, or once for a whole process. Everything else
  /// names its bucket.
  private static final List<String> ANYWHERE =
      List.of(
          // once, as a process ends
          "delete from commit_mark where writer =",
          // an hour apart, to find what is to be deleted
          "select space_id, position from message where create_time <",
          "select space_id, request_hash from request where create_time <",
          "select space_id from space where delete_time <",
          // as a process begins, some hundred spaces at a time
          "select * from space where (bucket, space_id) >",
          "select * from webhook where (bucket, space_id) >=",
          // more than once a second for a whole process, to hear of changes by other processes
          "select bucket, changes from door_change",
          // people's lists
          "select * from space where delete_time is null",
          "select * from space where space_id >",
          "select s.* from space s join member",
          "select s.* from member m join space",
          "select space_id from member where person_id",
          // somebody leaves the organisation; a new key
          "delete from member where person_id",
          "select space_id, webhook_id, token_sealed from webhook",
          // tests' own
          "select $2 from",
          "select token_sealed from webhook");

  @TempDir Path folder;
  private FreshDatabase fresh;
  private String schema;

  @BeforeEach
  void open() {
    fresh = FreshDatabase.of(Kind.CITUS, folder, ChatSchema.FILE, ChatSchema.migrations());
    schema = TestPostgres.schema(folder.resolve(ChatSchema.FILE));
  }

  @AfterEach
  void close() {
    fresh.close();
  }

  @Test
  void no_key_constraint_or_sequence_crosses_buckets() {
    assertThat(CitusRules.objections(schema)).isEmpty();
  }

  @Test
  void every_statement_that_was_prepared_is_sent_to_one_bucket_or_may_go_anywhere() {
    var heard = CitusRules.heard(schema);
    assertThat(heard).anyMatch(sql -> sql.startsWith("insert into message"));
    assertThat(CitusRules.objections(schema, heard, CitusRules.beginsWith(ANYWHERE))).isEmpty();
  }
}
