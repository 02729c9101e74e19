package campana.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// The plan checks itself: no rule is ever switched off; it is met, or changed with its record.
class HouseTest {
  private static final JavaClasses CLI =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("campana.cli");

  /// Commands talk HTTP to a running server. What they share with it besides are values: settings,
  /// and how a message reads as plain text.
  @Test
  void only_what_serves_sees_the_server_s_inner_rooms() {
    noClasses()
        .that()
        .resideOutsideOfPackage("campana.cli.serve..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "campana.server.store..",
            "campana.server.web..",
            "campana.server.space..",
            "campana.server.webhook..",
            "campana.server.message..",
            "campana.server.people..",
            "campana.server.feed..",
            "campana.server.image..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("campana.server.ServerApp")
        .check(CLI);
  }

  @Test
  void no_command_speaks_sql() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.sqlite..")
        .check(CLI);
  }
}
