package campana.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import campana.server.message.Message;
import campana.server.policy.Policy;
import campana.server.rehearsal.Rehearsal;
import campana.server.rehearsal.Wish;
import campana.server.space.NewSpace;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.testkit.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What one process changes holds for another one on the same database.
class NodesServeTest {
  private static final String TEXT = "{\"text\":\"x\"}";
  private static final Duration LONG = Duration.ofSeconds(20); // on a busy machine

  @TempDir Path folder;
  private LiveServer here;
  private LiveServer there;

  @BeforeEach
  void open() {
    here = new LiveServer(Kind.POSTGRESQL, folder.resolve("here"));
    there = here.beside(folder.resolve("there"));
  }

  @AfterEach
  void close() {
    there.close();
    here.close();
  }

  @Test
  void a_webhook_that_was_made_deleted_or_switched_off_elsewhere_is_so_here() {
    var space = here.space();
    var webhook = here.webhook(space);
    var target = here.target(webhook);
    assertThat(there.wire().post(target, TEXT).status()).isEqualTo(200);
    there.app().rooms().policies().set(new Policy(false, false));
    await().atMost(LONG).until(() -> here.wire().post(target, TEXT).status() == 403);
    there.app().rooms().policies().set(Policy.DEFAULT);
    await().atMost(LONG).until(() -> here.wire().post(target, TEXT).status() == 200);
    there.app().rooms().webhooks().delete(space.id(), webhook.id());
    await().atMost(LONG).until(() -> here.wire().post(target, TEXT).status() >= 400);
  }

  @Test
  void a_webhook_that_was_just_made_elsewhere_may_post_here_at_once() {
    var space = here.space();
    assertThat(there.wire().post(here.target(here.webhook(space)), TEXT).status()).isEqualTo(200);
    assertThat(there.wire().post(here.target(here.webhook(space)), TEXT).status()).isEqualTo(200);
  }

  @Test
  void who_signs_out_here_is_signed_out_there() {
    var session = here.app().rooms().signIn().open(here.owner());
    assertThat(there.app().rooms().signIn().bySession(session)).isPresent();
    here.app().rooms().signIn().signOut(session);
    assertThat(there.app().rooms().signIn().bySession(session)).isEmpty();
  }

  @Test
  void a_rehearsal_that_began_there_is_met_here_by_as_many_posts_as_it_is_for() throws Exception {
    var space = here.space();
    var target = here.target(here.webhook(space));
    var there = this.there.app().rooms().rehearsals();
    there.start(space, new Wish("404", null, "", null), here.owner());
    await().atMost(LONG).until(() -> here.wire().post(target, TEXT).status() == 404);
    there.start(space, new Wish("503", 20, "", null), here.owner());
    await().atMost(LONG).until(() -> current(here, space).equals(current(this.there, space)));
    var failed = new AtomicInteger();
    try (var posters = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var n = 0; n < 40; n++) {
        var server = n % 2 == 0 ? here : this.there;
        posters.execute(() -> {
          failed.addAndGet(server.wire().post(target, TEXT).status() == 503 ? 1 : 0);
        });
      }
    }
    assertThat(failed).hasValue(20);
    await().atMost(LONG).until(() -> there.current(space.id()).isEmpty());
    there.start(space, new Wish("404", null, "", null), here.owner());
    await().atMost(LONG).until(() -> current(here, space).isPresent());
    there.stop(space, here.owner());
    await().atMost(LONG).until(() -> here.wire().post(target, TEXT).status() == 200);
  }

  private static Optional<Rehearsal> current(LiveServer server, Space space) {
    return server.app().rooms().rehearsals().current(space.id());
  }

  @Test
  void wrong_passwords_slow_down_wherever_they_are_tried() {
    here.person("ada@example.org");
    for (var n = 0; n < 6; n++) {
      var people = (n % 2 == 0 ? here : there).app().rooms().people();
      assertThat(people.checkPassword("ada@example.org", "guess " + n)).isEmpty();
    }
    assertThat(here.app().rooms().people().mustWait("ada@example.org")).isPresent();
    assertThat(there.app().rooms().people().mustWait("ada@example.org")).isPresent();
  }

  @Test
  void a_viewer_here_sees_what_is_posted_there_and_misses_nothing() {
    var space = here.space();
    var target = here.target(here.webhook(space));
    var seen = new ConcurrentLinkedQueue<Long>();
    try (var _ = here.app().feed().subscribe(space.id(), message -> heard(message, seen))) {
      for (var n = 0; n < 10; n++) {
        assertThat((n % 2 == 0 ? here : there).wire().post(target, TEXT).status()).isEqualTo(200);
      }
      await().atMost(LONG).until(() -> seen.contains(10L));
    }
  }

  private static void heard(Message message, ConcurrentLinkedQueue<Long> seen) {
    seen.add(message.position());
  }

  @Test
  void two_people_have_one_direct_message_wherever_it_is_made() throws Exception {
    var ada = here.person("ada@example.org");
    var bob = here.person("bob@example.org");
    var wish =
        new NewSpace(
            "",
            "",
            SpaceType.DIRECT_MESSAGE,
            ThreadingState.THREADED_MESSAGES,
            null,
            List.of(ada, bob));
    var made =
        both(
            () -> here.app().rooms().spaces().create(wish, here.owner()).done().isPresent(),
            () -> there.app().rooms().spaces().create(wish, here.owner()).done().isPresent());
    assertThat(made).containsOnlyOnce(true);
  }

  @Test
  void who_begins_together_makes_the_first_space_once() throws Exception {
    var store = here.app().rooms();
    assertThat(store.people().list()).hasSize(1); // the owner of these tests
    var made =
        both(() -> here.app().alone(() -> step(here)), () -> there.app().alone(() -> step(there)));
    assertThat(made).containsOnlyOnce(true);
  }

  private static boolean step(LiveServer server) {
    var first = server.app().rooms().people().list().size() == 1;
    if (first) {
      server.person("first@example.org");
    }
    return first;
  }

  private static List<Boolean> both(Callable<Boolean> one, Callable<Boolean> other)
      throws Exception {
    var all = new ArrayList<Boolean>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> future : List.of(threads.submit(one), threads.submit(other))) {
        all.add(future.get());
      }
    }
    return all;
  }
}
