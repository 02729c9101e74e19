package campana.relay.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.relay.outbox.Drafts;
import campana.relay.outbox.Next;
import campana.relay.outbox.Order;
import campana.store.Vault;
import campana.testkit.FreshDatabase;
import campana.testkit.ManualClock;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResealingTest {
  @TempDir Path folder;
  private final ManualClock clock = new ManualClock();

  private RelayStore store(FreshDatabase fresh, Vault vault) {
    return new RelayStore(
        fresh.database(),
        vault,
        () -> campana.relay.outbox.Caps.DEFAULT,
        () -> Duration.ofMinutes(5),
        () -> false,
        clock);
  }

  private static List<String> sealed(FreshDatabase fresh) {
    return fresh.database().read(tx -> tx.query("select url from credential", row -> row.text(1)));
  }

  @Test
  void a_new_key_seals_every_address_anew_and_what_waits_goes_to_the_same_one() {
    var old = Vault.open(folder.resolve(Vault.KEY_FILE), true, new SecureRandom());
    try (var fresh = FreshDatabase.at(folder, RelaySchema.FILE, RelaySchema.migrations())) {
      var ops = Drafts.vouched("ops", "AAA");
      var outbox = store(fresh, old).outbox();
      outbox.enqueue("web", List.of(Drafts.apart(ops, "a")));
      outbox.enqueue("", List.of(Drafts.inLine(Drafts.brought("BBB", "t"), "b")));
      var before = sealed(fresh);

      var rotated = old.rotated();
      assertThat(Resealing.unopened(fresh.database(), rotated)).isZero();
      assertThat(Resealing.run(fresh.database(), rotated)).isEqualTo(2);

      assertThat(before).hasSize(2).allMatch(rotated::outdated);
      assertThat(sealed(fresh)).hasSize(2).noneMatch(rotated::outdated);
      assertThat(Resealing.run(fresh.database(), rotated)).as("a second time").isZero();
      var next =
          store(fresh, rotated).backlog().next(ops.lane(), clock.instant(), new Order(0, false));
      assertThat(((Next.Try) next).turn().credential().url()).isEqualTo(ops.url());
    }
  }

  @Test
  void where_one_address_does_not_open_nothing_is_changed() {
    var old = Vault.open(folder.resolve(Vault.KEY_FILE), true, new SecureRandom());
    try (var fresh = FreshDatabase.at(folder, RelaySchema.FILE, RelaySchema.migrations())) {
      var outbox = store(fresh, old).outbox();
      outbox.enqueue("web", List.of(Drafts.apart(Drafts.vouched("ops", "AAA"), "a")));
      outbox.enqueue("web", List.of(Drafts.apart(Drafts.vouched("web", "BBB"), "b")));
      var database = fresh.database();
      database.write(
          tx -> tx.update("update credential set url = 'spoilt' where destination = 'web'"));
      var before = sealed(fresh);
      var rotated = old.rotated();
      assertThat(Resealing.unopened(database, rotated)).isEqualTo(1);
      assertThatThrownBy(() -> Resealing.run(database, rotated))
          .hasMessageContaining("does not open");
      assertThat(sealed(fresh)).isEqualTo(before);
    }
  }
}
