package campana.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import campana.cli.Ran;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RootTest {
  @TempDir Path folder = Path.of("");

  @Test
  void the_version_is_one_line() {
    assertThat(Ran.campana("--version")).isEqualTo(new Ran(0, "campana 0.1.0", ""));
  }

  @Test
  void output_that_nobody_takes_is_no_success() {
    var full =
        new OutputStream() {
          @Override
          public void write(int one) throws IOException {
            throw new IOException("No space left on device");
          }
        };
    var err = new ByteArrayOutputStream();
    var shell =
        new Shell(
            Map.of(),
            InputStream.nullInputStream(),
            new PrintStream(full, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            InstantSource.system(),
            false,
            false);
    assertThat(Root.run(shell, List.of("--version"))).isEqualTo(1);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("standard output");
  }

  @Test
  void without_a_command_and_with_a_wrong_one_it_is_wrong_use() {
    for (var line :
        List.of(new String[0], new String[] {"spac"}, new String[] {"space", "list", "x"})) {
      var ran = Ran.campana(line);
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).contains("--help").doesNotContain("Exception");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve", "sign-in", "open", "space", "webhook", "send", "tail", "user", "token", "policy",
        "check", "reload", "backup", "restore", "move", "key", "doctor"
      })
  void every_command_has_its_help(String command) {
    assertThat(Ran.campana("--help").out()).contains("  " + command);
    var ran = Ran.campana(command, "--help");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).contains("Usage: campana " + command).contains("--data=DIR");
  }

  @Test
  void an_unknown_command_is_named_and_where_to_find_the_others() {
    var ran = Ran.campana("foo");
    assertThat(ran)
        .isEqualTo(new Ran(2, "", "campana: no command «foo»; campana --help lists them"));
  }

  @Test
  void no_server_is_one_line_that_names_the_folder_and_the_way() {
    var ran = Ran.campana("space", "list", "--data", folder.toString());
    assertThat(ran)
        .isEqualTo(
            new Ran(
                3,
                "",
                "campana space list: no Campana found in "
                    + folder
                    + "; start one with: ./campana serve --data "
                    + folder));
  }

  @Test
  void a_server_that_is_gone_is_exit_code_3_too() throws IOException {
    Files.writeString(
        folder.resolve("server.json"), "{\"address\":\"http://127.0.0.1:1\",\"token\":\"s3cret\"}");
    var ran = Ran.campana("--data", folder.toString(), "space", "list");
    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.err())
        .contains("no Campana answers at http://127.0.0.1:1")
        .doesNotContain("s3cret");
  }

  @Test
  void the_data_folder_may_come_from_a_variable() {
    var ran = Ran.campana(Map.of("CAMPANA_DATA", folder.toString()), "", "space", "list");
    assertThat(ran.err()).contains("no Campana found in " + folder);
  }

  @Test
  void check_says_every_mistake_and_2_or_that_all_is_valid() throws IOException {
    var file = Files.writeString(folder.resolve("campana.yaml"), "server: { port: x, hots: y }");
    var ran = Ran.campana("check", file.toString());
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err().lines()).hasSize(3).last().asString().endsWith("campana.yaml: 2 mistakes");

    Files.writeString(file, "server: { port: 80 }");
    assertThat(Ran.campana("check", "--data", folder.toString()))
        .isEqualTo(new Ran(0, file + ": valid", ""));
  }

  @Test
  void text_of_others_cannot_command_the_terminal() {
    assertThat(Printable.line("a\u001b[31mb\nc\u202ed\u009b2J")).isEqualTo("a [31mb c d 2J");
  }
}
