package campana.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.testdb.CitusRules;
import campana.testdb.TestCitus;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Each rule finds what is against it.
class CitusRulesTest {
  @BeforeAll
  static void make() {
    TestCitus.execute(
        """
        create schema parted;
        create table parted.commit_mark (bucket smallint not null, writer text, batch bigint,
          primary key (bucket, writer));
        create table parted.note (bucket smallint not null, id text, n bigint,
          primary key (bucket, id));
        create table parted.lost (bucket smallint not null, id text, primary key (bucket, id));
        create table parted.named (name text primary key)\
        """);
    TestCitus.distribute("parted");
    TestCitus.distribute("parted"); // what is spread stays as it is
    TestCitus.execute(
        """
        create schema crossing;
        create table crossing.fine (bucket smallint not null, id text, primary key (bucket, id));
        create table crossing.behind (bucket smallint not null, id text, primary key (id, bucket));
        create table crossing.numbered (bucket smallint not null, n bigserial,
          primary key (bucket, n));
        create table crossing.leading (bucket smallint not null, id text, primary key (bucket, id),
          constraint leads foreign key (bucket, id) references crossing.fine (bucket, id));
        create table crossing.keyless (bucket smallint not null);
        create table crossing.broad (bucket bigint not null, id text, primary key (bucket, id))\
        """);
  }

  private static List<String> against(String sql) {
    return CitusRules.objections("parted", List.of(sql), _ -> false);
  }

  @Test
  void a_schema_is_told_what_crosses_buckets() {
    assertThat(CitusRules.objections("parted")).isEmpty();
    assertThat(CitusRules.objections("crossing"))
        .containsExactly(
            "the unique key crossing.behind_pkey does not begin with bucket",
            "the table keyless has no primary key",
            "the constraint leads",
            "the sequence numbered_n_seq",
            "the bucket of broad is no smallint, or may be null");
  }

  @Test
  void a_key_without_the_bucket_is_not_distributed_at_all() {
    TestCitus.execute("create table parted.lonely (bucket smallint not null, id text primary key)");
    try {
      assertThatThrownBy(() -> TestCitus.distribute("parted"))
          .rootCause()
          .hasMessageContaining("unique constraint on partitioned table must include");
    } finally {
      TestCitus.execute("drop table parted.lonely");
    }
  }

  @Test
  void what_names_its_bucket_in_each_table_is_routed() {
    assertThat(against("select n from note where bucket = $1 and id = $2 for update")).isEmpty();
    assertThat(
            against(
                "select n.n from unnest($1::text[]) as w (id) join note n on n.id = w.id"
                    + " where n.bucket = $2"))
        .isEmpty();
    assertThat(
            against("select 1 from note n join lost l on l.bucket = n.bucket where n.bucket = $1"))
        .isEmpty();
    assertThat(against("insert into note (bucket, id) values ($1, $2) on conflict do nothing"))
        .isEmpty();
    assertThat(against("insert into named (name) values ($1)")).isEmpty();
  }

  @Test
  void what_does_not_is_not() {
    assertThat(against("select n from note where id = $1"))
        .singleElement()
        .asString()
        .startsWith("not routed by bucket: it reaches [note]");
    assertThat(
            against(
                "select n.n from unnest($1::smallint[], $2::text[]) as w (bucket, id)"
                    + " join note n on n.bucket = w.bucket and n.id = w.id"))
        .singleElement()
        .asString()
        .startsWith("not routed");
    assertThat(
            against(
                "select exists (select 1 from lost l where l.bucket = n.bucket and l.id = n.id)"
                    + " from note n where n.bucket = $1"))
        .singleElement()
        .asString()
        .startsWith("not routed by bucket: it reaches [lost, note]");
  }

  @Test
  void rows_of_several_buckets_are_not_locked_even_where_they_may_be_read() {
    var sql = "select n from note where n > $1 for update skip locked";
    assertThat(CitusRules.objections("parted", List.of(sql), _ -> true))
        .singleElement()
        .asString()
        .startsWith("locks rows of several buckets");
  }

  @Test
  void changes_keep_to_what_a_cluster_takes() {
    assertThat(against("insert into note (id, bucket) values ($1, $2)"))
        .singleElement()
        .asString()
        .startsWith("an insert that does not say its bucket first");
    assertThat(
            against(
                "insert into note (bucket, id) select w.bucket, w.id"
                    + " from unnest($1::smallint[], $2::text[]) as w (bucket, id)"))
        .singleElement()
        .asString()
        .startsWith("an insert");
    assertThat(against("update note set n = 1, bucket = $1 where bucket = $2"))
        .singleElement()
        .asString()
        .startsWith("moves a row to another bucket");
    assertThat(
            against(
                "insert into note (bucket, id) values ($1, $2)" + " returning clock_timestamp()"))
        .singleElement()
        .asString()
        .startsWith("changes rows by a function that is not immutable: clock_timestamp");
  }

  @Test
  void a_transaction_of_two_buckets_is_found() {
    TestCitus.execute("insert into parted.note (bucket, id) values (1, 'a')");
    assertThat(TestCitus.acrossBuckets("parted")).isEmpty();
    TestCitus.execute(
        "insert into parted.note (bucket, id) values (2, 'b');"
            + " insert into parted.lost (bucket, id) values (3, 'c')");
    assertThat(TestCitus.acrossBuckets("parted")).containsExactly("lost note");
  }
}
