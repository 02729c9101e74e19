package campana.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A route is written into a config between the lines that are there.
class StanzaTest {
  private static final String HOOK =
      "https://chat.googleapis.com/v1/spaces/AAAA/messages?key=K&token=T";

  @TempDir Path folder = Path.of("");
  private Path file = Path.of("");

  @BeforeEach
  void name() {
    file = folder.resolve("campana.yaml");
  }

  private Stanza.Result add(String name, @Nullable String webhook) {
    return new Stanza(name, "alertmanager", "bearer", "t0ken", List.of("ops"), webhook)
        .into(file, Map.of());
  }

  @Test
  void a_first_route_makes_the_file_for_its_owner_s_eyes_alone() throws IOException {
    assertThat(add("web", HOOK)).isEqualTo(new Stanza.Result.Written());
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            relay:
              destinations:
                ops:
                  webhook: "%s"
              routes:
                web:
                  source: alertmanager
                  auth: { bearer: "t0ken" }
                  to: [ops]
            """
                .formatted(HOOK));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void comments_order_and_indentation_stay_and_the_stanza_ends_the_routes() throws IOException {
    Files.writeString(
        file,
        """
        # ours
        relay: # all of it
            destinations:
                ops: { webhook: "%s" } # the room

            routes:
                # the first
                old: { source: text, auth: none, to: [ops] }

            # alarms
            alarm: ops
        server:
            strict: true # yes
        """
            .formatted(HOOK));
    var before = Files.readAllLines(file);
    assertThat(add("web", null)).isEqualTo(new Stanza.Result.Written());
    var after = Files.readAllLines(file);
    assertThat(after).containsSubsequence(before);
    assertThat(after.indexOf("        web:")).isEqualTo(8);
    assertThat(after.get(9)).isEqualTo("          source: alertmanager");
  }

  @Test
  void what_would_not_be_valid_leaves_the_file_as_it_was() throws IOException {
    var text = "relay:\n  destinations:\n    other: { webhook: \"" + HOOK + "\" }\n";
    Files.writeString(file, text);
    assertThat(add("web", null)).isInstanceOf(Stanza.Result.Invalid.class);
    assertThat(add("no name", HOOK)).isInstanceOf(Stanza.Result.Invalid.class);
    assertThat(Files.readString(file)).isEqualTo(text);
    try (var there = Files.list(folder)) {
      assertThat(there).containsExactly(file);
    }
  }

  @Test
  void a_route_of_that_name_is_a_mistake() throws IOException {
    add("web", HOOK);
    var text = Files.readString(file);
    assertThat(add("web", null)).isInstanceOf(Stanza.Result.Invalid.class);
    assertThat(Files.readString(file)).isEqualTo(text);
  }

  @Test
  void a_section_in_braces_is_left_to_people() throws IOException {
    var text = "relay: { destinations: { ops: { webhook: \"" + HOOK + "\" } } }\n";
    Files.writeString(file, text);
    assertThat(add("web", null))
        .isInstanceOfSatisfying(
            Stanza.Result.Refused.class,
            refused ->
                assertThat(refused.why()).contains("line 1").contains("source: alertmanager"));
    assertThat(Files.readString(file)).isEqualTo(text);
  }
}
