package campana.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import campana.cli.Live;
import campana.cli.Ran;
import campana.testdb.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `serve` cannot begin with: one clear line and exit code 2, never a stack trace.
class ServeRefusalsTest {
  @TempDir Path folder = Path.of("");

  @Test
  void a_taken_port() throws IOException {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      refused("Port " + other.getLocalPort(), "--port", String.valueOf(other.getLocalPort()));
    }
  }

  @Test
  void a_host_that_is_not_this_machine_s() {
    refused("192.0.2.1", "--port", "0", "--host", "192.0.2.1");
  }

  @Test
  void a_data_folder_that_is_none() throws IOException {
    Files.writeString(data(), "a file");
    refused("cannot be written to");
  }

  @Test
  void a_data_folder_in_use() {
    try (var running = Live.start(data())) {
      refused("is in use by a running server");
      assertThat(running.says("space", "list")).contains("Quickstart");
    }
  }

  @Test
  void a_newer_database() throws SQLException {
    Live.start(data()).close();
    try (var sqlite = DriverManager.getConnection("jdbc:sqlite:" + data().resolve("campana.db"));
        var statement = sqlite.createStatement()) {
      statement.execute("insert into schema_step (version, name) values (99, 'V99__later.sql')");
    }
    refused("has version 99");
  }

  @Test
  void a_file_that_is_no_database() throws IOException {
    Files.createDirectories(data());
    Files.writeString(data().resolve("secret.key"), "00000000 " + "0".repeat(64));
    Files.writeString(data().resolve("campana.db"), "this is no database, whatever its name is");
    refused("cannot be used");
  }

  @Test
  void a_missing_key_file() throws IOException {
    Live.start(data()).close();
    Files.delete(data().resolve("secret.key"));
    refused("secret.key");
    assertThat(data().resolve("secret.key")).doesNotExist();
  }

  @Test
  void another_s_key_file() throws IOException {
    Live.start(data()).close();
    Files.writeString(data().resolve("secret.key"), "00000000 " + "0".repeat(64));
    refused("does not fit");
  }

  @Test
  void tls_files_that_are_none() throws IOException {
    var cert = Files.writeString(folder.resolve("cert.pem"), "x");
    var key = Files.writeString(folder.resolve("key.pem"), "y");
    refused("TLS", "--port", "0", "--tls-cert", cert.toString(), "--tls-key", key.toString());
  }

  @Test
  void a_config_with_mistakes_says_all_of_them() throws IOException {
    var file = Files.writeString(folder.resolve("c.yaml"), "server: { port: x, strict: y }");
    var ran = Ran.campana("serve", "--data", data().toString(), "--config", file.toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("server.port: ", "server.strict: ", "2 mistakes");
    assertThat(data()).doesNotExist();
  }

  @Test
  void an_address_that_is_no_database_s() {
    databaseRefused("wanted postgresql://USER:PASSWORD@HOST:PORT/NAME", "mysql://u:sesame@h/x");
    databaseRefused("wanted postgresql://USER:PASSWORD@HOST:PORT/NAME", "sesame");
    assertThat(data()).doesNotExist();
  }

  @Test
  void a_database_that_nobody_answers_for() throws IOException {
    int port;
    try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    databaseRefused("cannot be used", "postgresql://u:sesame@127.0.0.1:" + port + "/x");
    databaseRefused("does not exist", TestPostgres.url().replaceFirst("postgres$", "nowhere"));
  }

  @Test
  void a_database_that_takes_another_password() throws IOException {
    TestPostgres.execute("create role locked login password 'open'");
    var hba = Path.of(TestPostgres.execute("show hba_file").orElseThrow());
    var rules = Files.readString(hba);
    Files.writeString(hba, "host all locked 127.0.0.1/32 scram-sha-256\n" + rules);
    TestPostgres.execute("select pg_reload_conf()");
    var url = TestPostgres.url().replace("postgres@", "locked:sesame@");
    databaseRefused("password authentication failed", url);
  }

  @Test
  void a_database_in_which_one_may_not_create() {
    TestPostgres.execute("create role poor login");
    databaseRefused("permission denied", TestPostgres.url().replace("postgres@", "poor@"));
  }

  @Test
  void a_newer_schema() throws SQLException {
    var url = TestPostgres.ofItsOwn();
    Live.start(data(), url).close();
    try (var postgres =
            DriverManager.getConnection("jdbc:" + url.replace("postgres@", ""), "postgres", "");
        var statement = postgres.createStatement()) {
      statement.execute(
          "insert into chat.schema_step (version, name) values (99, 'V99__later.sql')");
    }
    databaseRefused("has version 99", url);
  }

  @Test
  void a_database_that_was_written_with_another_key() throws IOException {
    var url = TestPostgres.ofItsOwn();
    Live.start(data(), url).close();
    Files.delete(data().resolve("secret.key"));
    databaseRefused("secret.key", url);
    assertThat(data().resolve("secret.key")).doesNotExist();
  }

  private void databaseRefused(String why, String url) {
    var ran = Ran.campana("serve", "--data", data().toString(), "--port", "0", "--database", url);
    assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(why).doesNotContain("sesame");
    assertThat(ran.err().lines().filter(line -> !line.equals("config: 1 mistake"))).hasSize(1);
  }

  private Path data() {
    return folder.resolve("data");
  }

  private void refused(String why, String... options) {
    var line = new java.util.ArrayList<>(java.util.List.of("serve", "--data", data().toString()));
    line.addAll(java.util.List.of(options));
    if (options.length == 0) {
      line.addAll(java.util.List.of("--port", "0"));
    }
    var ran = Ran.campana(line.toArray(String[]::new));
    assertThat(ran.exitCode()).as(ran.toString()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines()).hasSize(1);
    assertThat(ran.err()).startsWith("campana serve: ").contains(why);
  }
}
