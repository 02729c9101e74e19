package campana.server.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DoorkeeperTest {
  private final TreeMap<String, Doors> stored = new TreeMap<>();
  private final List<String> looks = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final Set<String> elsewhere = new HashSet<>();
  private Runnable whileReading = () -> {};

  /// Answers with what was there when the reading began.
  private final DoorStore store =
      new DoorStore() {
        @Override
        public Optional<Doors> doors(String spaceId) {
          looks.add(spaceId);
          var found = Optional.ofNullable(stored.get(spaceId));
          whileReading.run();
          return found;
        }

        @Override
        public List<Doors> doorsAfter(String after, int limit) {
          var found = stored.tailMap(after, false).values().stream().limit(limit).toList();
          whileReading.run();
          return found;
        }

        @Override
        public void tell(String spaceId) {
          told.add(spaceId);
        }

        @Override
        public Optional<Predicate<String>> changed() {
          return Optional.of(elsewhere::contains);
        }
      };

  private static String id(int number) {
    return "cmp%08d".formatted(number);
  }

  private void put(int number, String name) {
    put(number, name, 0);
  }

  private void put(int number, String name, int webhooks) {
    var space =
        new Space(
            id(number),
            name,
            "",
            SpaceType.SPACE,
            ThreadingState.THREADED_MESSAGES,
            null,
            Instant.EPOCH,
            null);
    var stand =
        IntStream.range(0, webhooks)
            .mapToObj(w -> new Webhook(space.id(), "w" + w, "Bell", "", Instant.EPOCH, null))
            .map(w -> new WebhookStore.Stored(w, new byte[32], new LastUse(w)))
            .toList();
    stored.put(space.id(), new Doors(space, stand, true));
  }

  private static String name(Doorkeeper keeper, int number) {
    var doors = keeper.of(id(number));
    return doors == null ? "" : doors.space().displayName();
  }

  @Test
  void a_space_is_read_once() {
    put(1, "Ops");
    var keeper = new Doorkeeper(store, 10);
    assertThat(name(keeper, 1)).isEqualTo("Ops");
    assertThat(name(keeper, 1)).isEqualTo("Ops");
    assertThat(looks).containsExactly(id(1));
  }

  @Test
  void what_is_no_space_of_ours_is_kept_nowhere() {
    var keeper = new Doorkeeper(store, 10);
    assertThat(keeper.of(id(1))).isNull();
    put(1, "Ops");
    assertThat(name(keeper, 1)).isEqualTo("Ops");
    assertThat(keeper.of("no id at all")).isNull();
    assertThat(looks).doesNotContain("no id at all");
  }

  @Test
  void what_was_read_before_a_change_is_not_kept_after_it() {
    put(1, "Ops");
    var keeper = new Doorkeeper(store, 10);
    whileReading =
        () -> {
          put(1, "Operations");
          keeper.changed(id(1));
        };
    name(keeper, 1);
    whileReading = () -> {};
    assertThat(name(keeper, 1)).isEqualTo("Operations");
  }

  @Test
  void nor_is_what_was_read_ahead_before_a_change() {
    put(1, "Ops");
    put(2, "Shop");
    var keeper = new Doorkeeper(store, 10);
    whileReading =
        () -> {
          put(2, "Store");
          keeper.changed(id(2));
        };
    keeper.remember("", 5);
    whileReading = () -> {};
    assertThat(name(keeper, 1)).isEqualTo("Ops");
    assertThat(name(keeper, 2)).isEqualTo("Store");
  }

  @Test
  void what_was_changed_here_is_told_and_what_was_elsewhere_is_read_again() {
    put(1, "Ops");
    put(2, "Shop");
    var keeper = new Doorkeeper(store, 10);
    keeper.remember("", 5);
    keeper.changed(id(1));
    assertThat(told).containsExactly(id(1));
    put(2, "Store");
    keeper.look();
    assertThat(name(keeper, 2)).as("nobody said so").isEqualTo("Shop");
    elsewhere.add(id(2));
    keeper.look();
    assertThat(name(keeper, 2)).isEqualTo("Store");
    assertThat(looks).containsExactly(id(2));
  }

  @Test
  void a_wrong_token_has_few_spaces_read_again_and_each_once_between_two_looks() {
    for (int i = 0; i < 100; i++) {
      put(i, "Team " + i);
    }
    var keeper = new Doorkeeper(store, 200);
    keeper.remember("", 100);
    doubt(keeper, 1);
    assertThat(looks).as("nobody else changes anything").isEmpty();
    keeper.look();
    put(1, "Ops");
    assertThat(doubt(keeper, 1)).isEqualTo("Ops");
    put(1, "Operations");
    assertThat(doubt(keeper, 1)).as("only just read").isEqualTo("Ops");
    for (int i = 0; i < 100; i++) {
      doubt(keeper, i);
    }
    assertThat(looks).hasSize(64);
    keeper.look();
    assertThat(doubt(keeper, 1)).isEqualTo("Operations");
  }

  private static String doubt(Doorkeeper keeper, int number) {
    var known = keeper.of(id(number));
    var doors = known == null ? null : keeper.again(id(number), known);
    return doors == null ? "" : doors.space().displayName();
  }

  @Test
  void what_was_read_ahead_is_not_read_again() {
    for (int i = 0; i < 7; i++) {
      put(i, "Team " + i);
    }
    var keeper = new Doorkeeper(store, 20);
    var first = keeper.remember("", 5);
    assertThat(keeper.remember(first.getLast(), 5)).containsExactly(id(5), id(6));
    for (int i = 0; i < 7; i++) {
      assertThat(name(keeper, i)).isEqualTo("Team " + i);
    }
    assertThat(looks).isEmpty();
  }

  @Test
  void no_more_are_kept_than_there_is_room_for() {
    for (int i = 0; i < 100; i++) {
      put(i, "Team " + i);
    }
    var keeper = new Doorkeeper(store, 10);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 100; i++) {
        assertThat(name(keeper, i)).isEqualTo("Team " + i);
      }
    }
    assertThat(keeper.size()).isEqualTo(10);
    assertThat(keeper.remember("", 5)).as("reading ahead pushes nobody out").isEmpty();
  }

  @Test
  void each_webhook_takes_its_room() {
    for (int i = 0; i < 100; i++) {
      put(i, "Team " + i, 3);
    }
    var keeper = new Doorkeeper(store, 10);
    for (int i = 0; i < 100; i++) {
      assertThat(name(keeper, i)).isEqualTo("Team " + i);
    }
    assertThat(keeper.size()).as("with three webhooks each").isEqualTo(2);
  }

  @Test
  void what_is_dropped_makes_room() {
    for (int i = 0; i < 10; i++) {
      put(i, "Team " + i);
      elsewhere.add(id(i));
    }
    var keeper = new Doorkeeper(store, 10);
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < 10; i++) {
        name(keeper, i);
      }
      keeper.changed(id(0));
      keeper.look();
    }
    looks.clear();
    for (int i = 0; i < 20; i++) {
      name(keeper, i % 10);
    }
    assertThat(looks).as("all are kept").hasSize(10);
  }
}
