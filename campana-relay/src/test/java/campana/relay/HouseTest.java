package campana.relay;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import org.junit.jupiter.api.Test;

/// The plan checks itself: no rule is ever switched off; it is met, or changed with its record.
class HouseTest {
  private static final JavaClasses RELAY =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("campana.relay");

  @Test
  void sql_lives_in_one_room() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
        .check(RELAY);
  }

  @Test
  void rooms_are_free_of_cycles() {
    slices().matching("campana.relay.(*)..").should().beFreeOfCycles().check(RELAY);
  }

  @Test
  void rooms_know_neither_http_nor_the_store() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "campana.relay.source..", "campana.relay.route..", "campana.relay.outbox..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.helidon..", "campana.http..", "campana.store..", "java.net.http..")
        .check(RELAY);
  }

  @Test
  void the_relay_does_not_know_the_server() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("campana.server..", "campana.cli..")
        .check(RELAY);
  }

  @Test
  void nobody_looks_at_the_system_clock() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(LocalDateTime.class, "now")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .check(RELAY);
  }
}
