package campana.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          postgresql://ann:s%40cret@db.example.org:5433/campana | jdbc:postgresql://db.example.org:5433/campana | ann | s@cret
          postgres://ann@db/campana                             | jdbc:postgresql://db:5432/campana             | ann | -
          postgresql://[::1]/campana                            | jdbc:postgresql://[::1]:5432/campana          | -   | -
          postgresql://db/campana?user=ann&password=s%40cret    | jdbc:postgresql://db:5432/campana             | ann | s@cret
          postgresql://ann:a:b@db:1,db2/campana                 | jdbc:postgresql://db:1,db2:5432/campana       | ann | a:b
          """)
  void what_psql_understands_is_understood(String url, String jdbc, String user, String password) {
    var address = PostgresAddress.parse(url);
    assertThat(address.jdbc()).isEqualTo(jdbc);
    assertThat(address.properties().getProperty("user")).isEqualTo(user);
    assertThat(address.properties().getProperty("password")).isEqualTo(password);
    assertThat(address.toString()).doesNotContain("cret").doesNotContain("a:b");
  }

  @Test
  void of_several_hosts_the_one_is_taken_that_can_be_written_to() {
    var several = PostgresAddress.parse("postgresql://db,db2/campana").properties();
    assertThat(several.getProperty("targetServerType")).isEqualTo("primary");
    var one = PostgresAddress.parse("postgresql://db/campana?target_session_attrs=read-write");
    assertThat(one.properties().getProperty("targetServerType")).isEqualTo("primary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mysql://ann:s3cret@db/campana",
        "postgresql://ann:s3cret@db",
        "postgresql://ann:s3cret@db/",
        "postgresql://ann:s3cret@/campana",
        "postgresql://ann:s3cret@db:many/campana",
        "postgresql://ann:s3cret%zz@db/campana",
        "postgresql://ann:s3cret@db/campana?sslmode",
      })
  void what_is_not_understood_is_refused_without_repeating_it(String url) {
    assertThatThrownBy(() -> PostgresAddress.parse(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("wanted postgresql://")
        .hasMessageNotContaining("s3cret");
  }
}
