package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import campana.testdb.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What several processes on one PostgreSQL promise one another's users, by the clock on the wall.
/// It prints what it measures.
@Tag("proofs")
final class ManyNodesTest {
  private static final int POSTS = 200;
  private static final int TRIGGERS = 40;
  private static final Pattern CREATED = Pattern.compile("\"createTime\": ?\"([^\"]+)\"");

  private final String url = TestPostgres.ofItsOwn();
  private final AtomicInteger numbers = new AtomicInteger();

  private CampanaProcess serve(Path folder, String name, String... options) throws IOException {
    var data = Files.createDirectory(folder.resolve(name));
    var key = folder.resolve("first/secret.key");
    if (Files.exists(key)) {
      Files.copy(key, data.resolve("secret.key"));
    }
    return CampanaProcess.start(List.of(), Map.of("CAMPANA_DATABASE", url), data, options);
  }

  @Test
  void a_viewer_sees_soon_what_another_process_stores_and_who_signed_out_sees_no_more(
      @TempDir Path folder) throws Exception {
    try (var first = serve(folder, "first");
        var second = serve(folder, "second")) {
      var space = first.space("Seen");
      var sent = new ConcurrentHashMap<String, Long>();
      var random = new Random(Long.getLong("campana.seed", 1));
      try (var viewer = Viewer.of(second, space.name())) {
        var last = "";
        for (var n = 0; n < POSTS; n++) {
          // at moments that have nothing to do with those at which the other one looks
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(100)));
          last = text();
          sent.put(last, System.nanoTime());
          assertThat(post(first, space, last)).isEqualTo(200);
        }
        var times =
            viewer.postsUpTo(last).stream()
                .mapToLong(heard -> heard.nanos() - sent.getOrDefault(heard.text(), 0L))
                .map(TimeUnit.NANOSECONDS::toMillis)
                .sorted()
                .toArray();
        assertThat(times).hasSize(POSTS);
        var at = System.nanoTime();
        viewer.signOutAt(second, first);
        var gone = TimeUnit.NANOSECONDS.toMillis(viewer.await("gone") - at);
        System.out.printf(
            "%d posts to one process, seen at another: median %d ms, 99 %% %d ms, at most %d ms;"
                + " a sign-out ended the stream after %d ms%n",
            POSTS, times[POSTS / 2], times[POSTS * 99 / 100], times[POSTS - 1], gone);
        assertThat(times[POSTS / 2]).isLessThan(300);
        assertThat(gone).isLessThan(2_000);
      }
    }
  }

  @Test
  void a_viewer_misses_nothing_while_a_process_dies(@TempDir Path folder) throws Exception {
    try (var first = serve(folder, "first");
        var second = serve(folder, "second");
        var third = serve(folder, "third")) {
      var space = first.space("Seen");
      var promised = ConcurrentHashMap.<String>newKeySet();
      var over = new AtomicBoolean();
      try (var viewer = Viewer.of(second, space.name());
          var posters = Executors.newVirtualThreadPerTaskExecutor()) {
        for (var server : List.of(first, third)) {
          posters.execute(() -> {
            while (!over.get()) {
              var text = text();
              try {
                if (post(server, space, text) == 200) {
                  promised.add(text);
                }
              } catch (RuntimeException e) {
                return; // killed
              }
              LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
          });
        }
        awaitMore(promised.size() + POSTS, promised);
        first.kill();
        awaitMore(promised.size() + POSTS, promised);
        over.set(true);
        posters.shutdown();
        assertThat(posters.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        var last = text();
        assertThat(post(third, space, last)).isEqualTo(200);
        var seen = viewer.postsUpTo(last);
        assertThat(seen.stream().map(Viewer.Heard::position))
            .containsExactlyElementsOf(LongStream.rangeClosed(1, seen.size()).boxed().toList());
        assertThat(new HashSet<>(seen.stream().map(Viewer.Heard::text).toList()))
            .hasSize(seen.size())
            .containsAll(promised);
      }
    }
  }

  private static void awaitMore(int posts, Set<String> promised) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> promised.size() >= posts);
  }

  private String text() {
    return "post-" + numbers.incrementAndGet() + "-";
  }

  private static int post(CampanaProcess server, CampanaProcess.NewSpace space, String text) {
    return server
        .post(server.address() + space.path(), "{\"text\":\"%s\"}".formatted(text))
        .statusCode();
  }

  /// The lane's holder is killed while it sends; the longest time without a message is what it took
  /// the other one.
  @Test
  void a_lane_goes_on_within_ten_seconds_of_its_holders_death(@TempDir Path folder)
      throws Exception {
    try (var chat = CampanaProcess.start(folder.resolve("chat"))) {
      var space = chat.space("Alarms");
      var config =
          Files.writeString(
              folder.resolve("relay.yaml"),
              """
              relay:
                destinations:
                  ops: { webhook: "%s", rate: 5/s, digest: off, allow-private: true }
                routes:
                  texts: { source: text, auth: none, to: [ops] }
              """
                  .formatted(chat.address() + space.path()));
      try (var first = serve(folder, "first", "--config", config.toString());
          var second = serve(folder, "second", "--config", config.toString())) {
        for (var n = 0; n < TRIGGERS; n++) {
          assertThat(first.post(first.address() + "/in/texts", text()).statusCode()).isEqualTo(200);
        }
        Awaitility.await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> times(chat, space).size() >= 5);
        first.kill();
        Awaitility.await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> times(chat, space).size() >= TRIGGERS);
        assertThat(second.call("GET", "/v1/relay/lanes", "").toString()).contains("delivered");
        var times = times(chat, space);
        assertThat(times).as("each once").hasSize(TRIGGERS);
        var longest = Duration.ZERO;
        for (var n = 1; n < times.size(); n++) {
          var gap = Duration.between(times.get(n - 1), times.get(n)).abs();
          longest = gap.compareTo(longest) > 0 ? gap : longest;
        }
        System.out.printf(
            "a lane of 5/s whose holder was killed went on after %d ms%n", longest.toMillis());
        assertThat(longest).isLessThan(Duration.ofSeconds(10));
      }
    }
  }

  /// When the far side got each message.
  private static List<Instant> times(CampanaProcess chat, CampanaProcess.NewSpace space) {
    var all = chat.call("GET", "/v1/" + space.name() + "/messages?pageSize=1000", "").toString();
    var times = new ArrayList<Instant>();
    var created = CREATED.matcher(all);
    while (created.find()) {
      times.add(Instant.parse(created.group(1)));
    }
    times.sort(null);
    return times;
  }
}
