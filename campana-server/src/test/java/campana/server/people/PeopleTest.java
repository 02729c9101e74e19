package campana.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.Change;
import campana.server.store.ChatSchema;
import campana.server.store.SqlPeople;
import campana.testkit.FreshDatabase;
import campana.testkit.Kind;
import campana.testkit.ManualClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Kind.class)
class PeopleTest {
  @TempDir Path folder;
  private final Kind kind;
  final ManualClock clock = new ManualClock();
  final SecureRandom chance = new SecureRandom();
  FreshDatabase database;
  SqlPeople store;
  People people;
  SignIn signIn;

  PeopleTest(Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    database = FreshDatabase.of(kind, folder, ChatSchema.FILE, ChatSchema.migrations());
    store = new SqlPeople(database.database());
    people = new People(store, clock, chance);
    signIn = new SignIn(store, clock, chance);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private Person ada() {
    return people.create("Ada@Example.org", "Ada", false).done().orElseThrow();
  }

  @Test
  void a_sign_in_link_opens_one_session_and_is_used_up_by_that_alone() {
    var ada = ada();
    var token = signIn.link(ada);
    assertThat(signIn.peek(token)).as("looking does not use it up").hasValue(ada);
    assertThat(signIn.peek(token)).hasValue(ada);
    var cookie = signIn.redeem(token).orElseThrow();
    assertThat(signIn.bySession(cookie)).hasValue(ada);
    assertThat(signIn.redeem(token)).isEmpty();
    signIn.signOut(cookie);
    assertThat(signIn.bySession(cookie)).isEmpty();
  }

  @Test
  void a_link_holds_15_minutes_an_invitation_a_week_a_session_30_days() {
    var ada = ada();
    var late = signIn.link(ada);
    var invitation = signIn.invitation(ada);
    clock.advance(Duration.ofMinutes(15));
    assertThat(signIn.redeem(late)).isEmpty();
    clock.advance(Duration.ofDays(6));
    var cookie = signIn.redeem(invitation).orElseThrow();
    clock.advance(Duration.ofDays(29));
    assertThat(signIn.bySession(cookie)).isPresent();
    clock.advance(Duration.ofDays(1));
    assertThat(signIn.bySession(cookie)).isEmpty();
  }

  @Test
  void no_secret_that_lets_somebody_in_stands_in_the_database() throws Exception {
    var ada = ada();
    var link = signIn.link(ada);
    var cookie = signIn.redeem(signIn.link(ada)).orElseThrow();
    people.setPassword(ada.id(), "correct horse");
    var session = signIn.open(ada);
    database = database.reopened();
    for (var file : folder.toFile().listFiles()) {
      var bytes =
          java.nio.file.Files.readString(
              file.toPath(), java.nio.charset.StandardCharsets.ISO_8859_1);
      assertThat(bytes).doesNotContain(link, cookie, session, "correct horse");
    }
  }

  @Test
  void a_password_lets_in_and_wrong_ones_slow_down() {
    var ada = ada();
    assertThat(people.checkPassword("ada@example.org", "")).as("none is set").isEmpty();
    var old = signIn.open(ada);
    assertThat(people.setPassword(ada.id(), "short")).isInstanceOf(Change.Wrong.class);
    people.setPassword(ada.id(), "correct horse");
    assertThat(signIn.bySession(old)).as("other sessions end").isEmpty();
    assertThat(people.checkPassword(" ADA@example.org", "correct horse")).isPresent();
    for (int i = 0; i < 5; i++) {
      assertThat(people.checkPassword("ada@example.org", "wrong")).isEmpty();
    }
    assertThat(people.mustWait("ada@example.org")).isPresent();
    assertThat(people.checkPassword("ada@example.org", "correct horse")).isEmpty();
    clock.advance(Duration.ofSeconds(2));
    assertThat(people.checkPassword("ada@example.org", "correct horse")).isPresent();
  }

  @Test
  void an_email_is_one_person_s() {
    ada();
    assertThat(people.create("ada@example.org", "Other", false)).isInstanceOf(Change.Taken.class);
    var bob = people.create("bob@example.org", "", false).done().orElseThrow();
    assertThat(bob.displayName()).isEqualTo("bob");
    assertThat(people.setEmail(bob.id(), "Ada@example.org")).isInstanceOf(Change.Taken.class);
    assertThat(people.byEmail("ADA@EXAMPLE.ORG")).isPresent();
  }

  @Test
  void several_owners_may_have_no_email_and_one_always_stays() {
    var one = people.create("", "Owner", true).done().orElseThrow();
    var two = people.create("", "Second", true).done().orElseThrow();
    assertThat(people.remove(one.id()).done()).isPresent();
    assertThat(people.remove(two.id())).isInstanceOf(Change.Wrong.class);
    assertThat(people.setOwner(two.id(), false)).isInstanceOf(Change.Wrong.class);
  }

  @Test
  void after_five_wrong_passwords_each_further_one_waits_longer() {
    var attempts = new Attempts(store, clock);
    for (int i = 0; i < 4; i++) {
      attempts.failed("ada@example.org");
    }
    assertThat(attempts.waitOf("ada@example.org")).isEmpty();
    attempts.failed("ada@example.org");
    assertThat(attempts.waitOf("ada@example.org")).hasValue(Duration.ofSeconds(1));
    clock.advance(Duration.ofSeconds(1));
    assertThat(attempts.waitOf("ada@example.org")).isEmpty();
    attempts.failed("ada@example.org");
    assertThat(attempts.waitOf("ada@example.org")).hasValue(Duration.ofSeconds(2));
    assertThat(attempts.waitOf("bob@example.org")).as("another email").isEmpty();
    for (int i = 0; i < 40; i++) {
      attempts.failed("ada@example.org");
    }
    assertThat(attempts.waitOf("ada@example.org")).hasValue(Duration.ofMinutes(15));
    attempts.succeeded("ada@example.org");
    assertThat(attempts.waitOf("ada@example.org")).isEmpty();
  }

  @Test
  void failures_count_wherever_they_happen_and_for_half_an_hour() {
    var attempts = new Attempts(store, clock);
    try (var beside = database.copiedTo(folder.resolve("beside"))) {
      var others =
          kind == Kind.SQLITE
              ? new Attempts(store, clock) // after a restart
              : new Attempts(new SqlPeople(beside.database()), clock);
      for (int i = 0; i < 3; i++) {
        attempts.failed("ada@example.org");
        others.failed("ada@example.org");
      }
      assertThat(attempts.waitOf("ada@example.org")).hasValue(Duration.ofSeconds(2));
      assertThat(others.waitOf("ada@example.org")).hasValue(Duration.ofSeconds(2));
      clock.advance(Duration.ofMinutes(30));
      others.failed("ada@example.org");
      assertThat(attempts.waitOf("ada@example.org"))
          .as("six so far")
          .hasValue(Duration.ofSeconds(4));
      clock.advance(Duration.ofMillis(1_800_001));
      signIn.purge();
      others.failed("ada@example.org");
      assertThat(attempts.waitOf("ada@example.org")).as("the first again").isEmpty();
    }
  }
}
