package campana.server.message;

import static campana.server.message.Desk.MINE;
import static campana.server.message.Desk.keyed;
import static campana.server.message.Desk.plain;
import static campana.server.message.Desk.requested;
import static campana.wire.MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD;
import static org.assertj.core.api.Assertions.assertThat;

import campana.form.Draft;
import campana.server.quota.QuotaRate;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.store.Buckets;
import campana.testdb.TestPostgres;
import campana.testkit.Kind;
import campana.testkit.ManualClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What holds when several processes post into the same spaces.
class NodesTest {
  private static final int POSTERS = 16;
  private static final int NODES = 4; // of four writers each
  private static final String DEADLOCKS =
      "select deadlocks from pg_stat_database where datname = current_database()";

  private static final String QUOTA =
      "select quota_state from message where bucket = ? and space_id = ? and position = ?";
  private static final String NOTE_END =
      "insert into space_head (bucket, space_id, position, quota_state) values (?, ?, ?, ?)";
  private static final String FORGET_QUOTA =
      "update message set quota_state = null where bucket = ? and space_id = ?";

  @TempDir Path folder;
  private final List<Desk> nodes = new ArrayList<>();

  Kind kind() {
    return Kind.POSTGRESQL;
  }

  @BeforeEach
  void open() {
    nodes.add(new Desk(kind(), folder.resolve("0")));
    join(NODES);
  }

  private void join(int count) {
    for (var n = nodes.size(); n < count; n++) {
      nodes.add(nodes.getFirst().killed(folder.resolve("" + n))); // it lives on beside
    }
  }

  @AfterEach
  void close() {
    nodes.forEach(Desk::close);
  }

  private static Space space(String id, QuotaRate quota) {
    return new Space(
        id,
        "",
        "",
        SpaceType.SPACE,
        ThreadingState.THREADED_MESSAGES,
        quota,
        ManualClock.NOON,
        null);
  }

  /// Each poster makes so many posts, one after the other, at its node.
  private List<Posted> posted(int posts, IntFunction<Space> space, IntFunction<Draft> draft)
      throws Exception {
    var all = new ArrayList<Posted>();
    try (var posters = Executors.newVirtualThreadPerTaskExecutor()) {
      var futures = new ArrayList<Future<List<Posted>>>();
      for (var poster = 0; poster < POSTERS; poster++) {
        var node = nodes.get(poster % nodes.size());
        var first = poster;
        futures.add(
            posters.submit(() -> {
              var mine = new ArrayList<Posted>();
              for (var i = first; i < first + posts; i++) {
                mine.add(node.desk.post(space.apply(i), MINE, draft.apply(i)));
              }
              return mine;
            }));
      }
      for (var future : futures) {
        all.addAll(future.get());
      }
    }
    return all;
  }

  @Test
  void one_of_all_deletes_what_grew_old_and_another_when_it_is_gone() throws Exception {
    var spaces = new ArrayList<Space>();
    for (var i = 0; i < 8; i++) {
      spaces.add(space("cmpShared000" + i, Desk.FREE));
    }
    var clock = nodes.getFirst().clock;
    var almost = Duration.ofDays(3).minusMinutes(40);
    var first = nodes.getFirst().messages.retention(() -> Duration.ofDays(3), _ -> {});
    try (var second = nodes.get(1).messages.retention(() -> Duration.ofDays(3), _ -> {})) {
      posted(6, i -> spaces.get(i % 8), i -> requested("x", "r" + i));
      clock.advance(Duration.ofDays(9));
      assertThat(first.runOnce()).isEqualTo(stored(spaces)).isPositive();
      posted(6, i -> spaces.get(i % 8), i -> requested("x", "r" + i)); // the ids are free again
      clock.advance(almost);
      assertThat(first.runOnce()).as("nothing is old").isZero();
      clock.advance(Duration.ofMinutes(80));
      assertThat(second.runOnce()).as("it is the first one's").isZero();
      assertThat(first.runOnce()).isPositive();
      posted(6, i -> spaces.get(i % 8), _ -> plain("x"));
      clock.advance(almost);
      assertThat(second.runOnce()).as("taken over, and nothing is old").isZero();
      clock.advance(Duration.ofMinutes(80));
      assertThat(first.runOnce()).as("it is the second one's").isZero();
    }
    assertThat(first.runOnce()).as("the second one has left").isPositive();
    first.close();
  }

  private int stored(List<Space> spaces) {
    return (int)
        spaces.stream().mapToLong(space -> nodes.getLast().messages.lastPosition(space.id())).sum();
  }

  /// Each batch locks several of them, whatever the order in which the posts came.
  @Test
  void sixteen_who_write_into_the_same_spaces_do_not_wait_for_one_another() throws Exception {
    var deadlocks = TestPostgres.execute(DEADLOCKS);
    var posts = 24;
    var spaces = new ArrayList<Space>();
    for (var i = 0; i < 8; i++) {
      spaces.add(space("cmpShared000" + i, Desk.FREE));
    }
    var answers =
        posted(
            posts,
            i -> spaces.get(i * 5 % spaces.size()),
            i -> keyed("x", "k", REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD));
    assertThat(answers).hasSize(POSTERS * posts).hasOnlyElementsOfType(Posted.Created.class);
    for (var space : spaces) {
      for (var node : nodes) {
        var stored = node.messages.since(space.id(), 0, 1000);
        assertThat(stored.stream().map(Message::position))
            .as("no gap, and none twice")
            .containsExactlyElementsOf(
                LongStream.rangeClosed(1, POSTERS * posts / spaces.size()).boxed().toList());
        assertThat(stored.stream().map(Message::threadName).distinct())
            .as("one thread of one key")
            .hasSize(1);
      }
    }
    close(); // what a connection has met is counted when it ends
    nodes.clear();
    assertThat(TestPostgres.execute(DEADLOCKS)).isEqualTo(deadlocks);
  }

  @Test
  void a_quota_is_one_quota_of_eight_nodes() throws Exception {
    join(8);
    var strict = space("cmpStrict0000", new QuotaRate(QuotaRate.DEFAULT.interval(), 5));
    var answers = posted(4, _ -> strict, _ -> plain("x"));
    assertThat(answers.stream().filter(Posted.Created.class::isInstance)).hasSize(5);
    assertThat(answers.stream().filter(Posted.OverQuota.class::isInstance))
        .hasSize(POSTERS * 4 - 5);
  }

  @Test
  void a_request_id_is_one_message_wherever_it_is_sent() throws Exception {
    var space = space("cmpRepeated00", Desk.FREE);
    var answers = posted(4, _ -> space, _ -> requested("x", "r"));
    assertThat(answers.stream().filter(Posted.Created.class::isInstance)).hasSize(1);
    assertThat(answers.stream().filter(Posted.Repeated.class::isInstance)).hasSize(POSTERS * 4 - 1);
    assertThat(nodes.getLast().messages.lastPosition(space.id())).isEqualTo(1);
  }

  /// Each node remembers where a space ended when it posted there last.
  @Test
  void a_node_hears_of_what_another_has_entered_since_its_own_last_post() {
    var space = space("cmpTakingTurn", Desk.FREE);
    var here = nodes.getFirst();
    var there = nodes.get(1);
    for (var i = 0; i < 3; i++) {
      assertThat(Desk.created(here.desk.post(space, MINE, plain("here"))).position())
          .isEqualTo(4 * i + 1);
      var opened =
          Desk.created(
              there.desk.post(
                  space, MINE, keyed("there", "k" + i, REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)));
      assertThat(
              Desk.created(
                      here.desk.post(
                          space,
                          MINE,
                          keyed("here", "k" + i, REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)))
                  .threadName())
          .isEqualTo(opened.threadName());
      assertThat(Desk.created(there.desk.post(space, MINE, requested("there", "r" + i))).position())
          .isEqualTo(4 * i + 4);
      assertThat(here.desk.post(space, MINE, requested("here", "r" + i)))
          .isInstanceOf(Posted.Repeated.class);
    }
  }

  @Test
  void a_node_counts_the_slots_that_another_has_used_since_its_own_last_post() {
    var strict = space("cmpThreeSlots", new QuotaRate(QuotaRate.DEFAULT.interval(), 3));
    Desk.created(nodes.getFirst().desk.post(strict, MINE, plain("1")));
    Desk.created(nodes.get(1).desk.post(strict, MINE, plain("2")));
    Desk.created(nodes.getFirst().desk.post(strict, MINE, plain("3")));
    assertThat(nodes.getFirst().desk.post(strict, MINE, plain("4")))
        .isInstanceOf(Posted.OverQuota.class);
  }

  /// As a version before kept them: a space's end in its own row, and none with its messages.
  @Test
  void a_space_goes_on_where_an_older_version_left_it() {
    var strict = space("cmpLeftBehind", new QuotaRate(QuotaRate.DEFAULT.interval(), 2));
    var first = nodes.getFirst();
    Desk.created(first.desk.post(strict, MINE, plain("1")));
    Desk.created(first.desk.post(strict, MINE, plain("2")));
    var bucket = Buckets.of(strict.id());
    var database = first.fresh.database();
    var quota = database.read(tx -> tx.first(QUOTA, row -> row.number(1), bucket, strict.id(), 2));
    database.write(bucket, tx -> tx.update(NOTE_END, bucket, strict.id(), 2, quota.orElseThrow()));
    database.write(bucket, tx -> tx.update(FORGET_QUOTA, bucket, strict.id()));
    join(NODES + 1);
    assertThat(nodes.getLast().messages.lastPosition(strict.id())).isEqualTo(2);
    assertThat(nodes.getLast().desk.post(strict, MINE, plain("3")))
        .as("the quota is known, too")
        .isInstanceOf(Posted.OverQuota.class);
    nodes.getLast().clock.advance(java.time.Duration.ofSeconds(1));
    assertThat(Desk.created(nodes.getLast().desk.post(strict, MINE, plain("3"))).position())
        .isEqualTo(3);
  }

  @Test
  void a_node_that_was_silent_goes_on_behind_what_others_posted_and_retention_deleted() {
    var space = space("cmpLongSilent", Desk.FREE);
    var here = nodes.getFirst();
    var there = nodes.get(1);
    Desk.created(here.desk.post(space, MINE, plain("1")));
    for (var i = 2; i <= 4; i++) {
      Desk.created(there.desk.post(space, MINE, plain("" + i)));
    }
    here.clock.advance(Duration.ofDays(9));
    there.clock.advance(Duration.ofDays(9));
    try (var retention = there.messages.retention(() -> Duration.ofDays(3), _ -> {})) {
      assertThat(retention.runOnce()).isEqualTo(4);
    }
    assertThat(Desk.created(here.desk.post(space, MINE, plain("5"))).position()).isEqualTo(5);
  }

  /// Each node always has a batch in which all spaces are: each meets the other's all the time.
  @Test
  void nobody_who_meets_others_all_the_time_is_sent_away() throws Exception {
    var answers = new ArrayList<Future<Posted>>();
    try (var posters = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var i = 0; i < 4_000; i++) {
        var node = nodes.get(i % 2);
        var space = space("cmpCrowded000" + i / 2 % 8, Desk.FREE);
        answers.add(posters.submit(() -> node.desk.post(space, MINE, plain("x"))));
      }
    }
    for (var answer : answers) {
      Desk.created(answer.get());
    }
  }
}
