package campana.server.store;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.people.Person;
import campana.server.space.Member;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.server.webhook.Doors;
import campana.server.webhook.Webhook;
import campana.testkit.FreshDatabase;
import campana.testkit.Kind;
import campana.testkit.ManualClock;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(Kind.class)
class DoorsTest {
  @TempDir Path folder;
  private final Kind kind;
  private FreshDatabase fresh;
  private SqlWebhooks webhooks;
  private final List<String> ids = new ArrayList<>();

  DoorsTest(Kind kind) {
    this.kind = kind;
  }

  @BeforeEach
  void open() {
    fresh = FreshDatabase.of(kind, folder, ChatSchema.FILE, ChatSchema.migrations());
    webhooks = new SqlWebhooks(fresh.database());
    var people = new SqlPeople(fresh.database());
    var on = person("1", true);
    var off = person("2", false);
    people.insert(on);
    people.insert(off);
    for (int i = 0; i < 30; i++) {
      space(i, i % 3 == 0 ? SpaceType.DIRECT_MESSAGE : SpaceType.SPACE, on, i % 2 == 0 ? on : off);
    }
  }

  @AfterEach
  void close() {
    fresh.close();
  }

  private static Person person(String id, boolean chatApps) {
    return new Person(id, id + "@example.org", id, false, chatApps, "", false, ManualClock.NOON);
  }

  private void space(int number, SpaceType type, Person one, Person other) {
    var space =
        new Space(
            "cmp%08d".formatted(number),
            "",
            "",
            type,
            ThreadingState.THREADED_MESSAGES,
            null,
            ManualClock.NOON,
            null);
    var members = new ArrayList<Member>();
    for (var person : new HashSet<>(List.of(one.id(), other.id()))) {
      members.add(
          new Member(space.id(), person.equals(one.id()) ? one : other, false, ManualClock.NOON));
    }
    new SqlSpaces(fresh.database()).insert(space, members);
    ids.add(space.id());
    for (int w = 0; w < number % 4; w++) {
      var webhook = new Webhook(space.id(), "w" + w, "Bell", "", ManualClock.NOON, null);
      webhooks.insert(webhook, new byte[] {(byte) number, (byte) w}, "sealed");
      if (w == 1) {
        webhooks.delete(space.id(), webhook.id(), ManualClock.NOON);
      }
    }
  }

  private static List<Object> facts(Doors doors) {
    var hashes = doors.webhooks().stream().map(stored -> stored.tokenHash()[1]).toList();
    return List.of(
        doors.space(),
        doors.webhooks().stream().map(stored -> stored.webhook()).toList(),
        hashes,
        doors.appsOn());
  }

  @Test
  void pages_hold_every_space_once_as_it_is_read_alone() {
    var found = new ArrayList<Doors>();
    for (var page = webhooks.doorsAfter("", 7); !page.isEmpty(); ) {
      found.addAll(page);
      page = webhooks.doorsAfter(page.getLast().space().id(), 7);
    }
    assertThat(found.stream().map(doors -> doors.space().id()))
        .containsExactlyInAnyOrderElementsOf(ids);
    for (var doors : found) {
      var alone = webhooks.doors(doors.space().id()).orElseThrow();
      assertThat(facts(doors)).isEqualTo(facts(alone));
    }
  }

  @Test
  void webhooks_that_are_deleted_are_no_doors() {
    assertThat(webhooks.doors(ids.get(3)).orElseThrow().webhooks())
        .extracting(stored -> stored.webhook().id())
        .containsExactly("w0", "w2");
    assertThat(webhooks.doors("cmpNoSpace01")).isEmpty();
  }

  @Test
  void one_member_with_chat_apps_off_closes_a_direct_message_and_no_other_space() {
    for (int i = 0; i < ids.size(); i++) {
      var closed = i % 3 == 0 && i % 2 == 1;
      assertThat(webhooks.doors(ids.get(i)).orElseThrow().appsOn()).as("%d", i).isEqualTo(!closed);
    }
  }
}
