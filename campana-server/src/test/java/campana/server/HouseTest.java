package campana.server;

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
  private static final JavaClasses SERVER =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("campana.server");

  @Test
  void sql_lives_in_one_room() {
    noClasses()
        .that()
        .resideOutsideOfPackage("..store..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
        .check(SERVER);
  }

  @Test
  void rooms_are_free_of_cycles() {
    slices().matching("campana.server.(*)..").should().beFreeOfCycles().check(SERVER);
  }

  @Test
  void rooms_know_neither_http_nor_the_store() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "campana.server.space..",
            "campana.server.webhook..",
            "campana.server.message..",
            "campana.server.quota..",
            "campana.server.feed..",
            "campana.server.people..",
            "campana.server.policy..",
            "campana.server.rehearsal..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.helidon..", "campana.http..", "campana.store..")
        .check(SERVER);
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
        .check(SERVER);
  }
}
