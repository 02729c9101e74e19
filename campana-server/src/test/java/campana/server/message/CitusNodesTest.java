package campana.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.store.ChatSchema;
import campana.testdb.TestCitus;
import campana.testdb.TestPostgres;
import campana.testkit.Kind;
import org.junit.jupiter.api.AfterEach;

/// The same where buckets are on nodes of their own.
class CitusNodesTest extends NodesTest {
  @Override
  Kind kind() {
    return Kind.CITUS;
  }

  /// Beside reference tables: the first process has drawn the key of the message ids, and one takes
  /// an hour's duty. Who ends takes its own marks away.
  @AfterEach
  void a_batch_stays_within_one_bucket() {
    var schema = TestPostgres.schema(folder.resolve("0").resolve(ChatSchema.FILE));
    assertThat(TestCitus.acrossBuckets(schema))
        .isSubsetOf("commit_mark setting", "commit_mark duty", "commit_mark");
  }
}
