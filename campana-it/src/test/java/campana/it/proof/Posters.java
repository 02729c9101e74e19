package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import campana.it.CampanaProcess.NewSpace;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Clients that post as fast as they are answered and write down what each answer promised;
/// afterwards the promises are held against what the server has.
final class Posters {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int KEYS = 5;
  private static final long PAUSE = 20_000_000;

  private final List<NewSpace> spaces = new ArrayList<>();
  private final Map<String, Post> stored = new ConcurrentHashMap<>(); // by text
  private final Map<String, Post> refused = new ConcurrentHashMap<>();
  private final Map<String, Post> unanswered = new ConcurrentHashMap<>();
  private final Set<Integer> statuses = ConcurrentHashMap.newKeySet(); // of those
  private final AtomicLong numbers = new AtomicLong();

  /// @param text unique over the whole run
  /// @param threadKey empty for a thread of its own
  /// @param requestId empty for none
  /// @param name the message's name as answered; empty where there was no 200
  private record Post(
      NewSpace space, String text, String threadKey, String requestId, String name, String thread) {
    String path() {
      return space.path()
          + (threadKey.isEmpty() ? "" : "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD")
          + (requestId.isEmpty()
              ? ""
              : "&requestId=" + URLEncoder.encode(requestId, StandardCharsets.UTF_8));
    }

    String body() {
      return threadKey.isEmpty()
          ? "{\"text\":\"%s\"}".formatted(text)
          : "{\"text\":\"%s\",\"thread\":{\"threadKey\":\"%s\"}}".formatted(text, threadKey);
    }

    Post answered(JsonNode message) {
      return new Post(
          space,
          text,
          threadKey,
          requestId,
          message.path("name").asString(),
          message.path("thread").path("name").asString());
    }
  }

  /// Posts from several clients at once into fresh spaces until `end` has run and no client is
  /// answered any more.
  ///
  /// @param end ends the server while they post, at a moment of its own choice
  void postUntil(CampanaProcess server, int clients, int freshSpaces, Runnable end) {
    post(server, clients, freshSpaces, false, end);
  }

  /// The same, but clients go on after an error or no answer, until `end` has run.
  void postThrough(CampanaProcess server, int clients, int freshSpaces, Runnable end) {
    post(server, clients, freshSpaces, true, end);
  }

  private void post(
      CampanaProcess server, int clients, int freshSpaces, boolean throughout, Runnable end) {
    var mine = new ArrayList<NewSpace>();
    for (int i = 0; i < freshSpaces; i++) {
      mine.add(server.space("Kill " + spaces.size()));
      spaces.add(mine.get(i));
    }
    var over = new AtomicBoolean();
    try (var http = client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int c = 0; c < clients; c++) {
        var client = c;
        threads.execute(() -> {
          while (!over.get()) {
            var post = draft(mine.get(client % mine.size()));
            if (!post(http, server.address(), post) && !throughout) {
              return; // unanswered: the server is gone
            }
            if (!stored.containsKey(post.text())) {
              LockSupport.parkNanos(this, PAUSE);
            }
          }
        });
      }
      end.run();
      over.set(true);
    }
  }

  /// Posts from several clients at once until `end` has run. All posts have a requestId and are
  /// repeated, each time at another one of several servers, until they are stored.
  ///
  /// @param servers as they are at the moment
  void insist(Supplier<List<URI>> servers, List<NewSpace> into, int clients, Runnable end) {
    spaces.addAll(into);
    var over = new AtomicBoolean();
    try (var http = client();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int c = 0; c < clients; c++) {
        var client = c;
        threads.execute(() -> {
          while (!over.get()) {
            var post = draft(into.get(client % into.size()), 1);
            for (int to = client; !stored.containsKey(post.text()); to++) {
              refused.remove(post.text());
              unanswered.remove(post.text());
              var now = servers.get();
              if (post(http, now.get(to % now.size()), post) && !stored.containsKey(post.text())) {
                LockSupport.parkNanos(this, PAUSE);
              }
            }
          }
        });
      }
      end.run();
      over.set(true);
    }
  }

  private Post draft(NewSpace space) {
    return draft(space, 3);
  }

  /// @param requests every so manieth has a requestId
  private Post draft(NewSpace space, int requests) {
    var number = numbers.incrementAndGet();
    return new Post(
        space,
        "post-" + number + "-",
        number % 2 == 0 ? "key " + number % KEYS : "",
        number % requests == 0 ? "request " + number : "",
        "",
        "");
  }

  private static HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .connectTimeout(Duration.ofSeconds(10))
        .build();
  }

  private boolean post(HttpClient http, URI address, Post post) {
    try {
      var answer =
          http.send(
              HttpRequest.newBuilder(address.resolve(post.path()))
                  .timeout(Duration.ofSeconds(20))
                  .POST(HttpRequest.BodyPublishers.ofString(post.body()))
                  .build(),
              BodyHandlers.ofString());
      if (answer.statusCode() == 200) {
        stored.put(post.text(), post.answered(JSON.readTree(answer.body())));
      } else {
        refused.put(post.text(), post);
        statuses.add(answer.statusCode());
      }
      return true;
    } catch (IOException e) {
      unanswered.put(post.text(), post);
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /// Repeats what had no answer and a requestId, as a client would: it must be stored once,
  /// whatever came of it before.
  void repeatUnanswered(CampanaProcess server) {
    try (var http = client()) {
      for (var post : List.copyOf(unanswered.values())) {
        if (!post.requestId().isEmpty()) {
          unanswered.remove(post.text());
          assertThat(post(http, server.address(), post)).as("a repeated post is answered").isTrue();
          assertThat(stored).as("a repeated post is stored").containsKey(post.text());
        }
      }
    }
  }

  /// Holds every promise so far against what the server lists.
  void check(CampanaProcess server) {
    var found = new HashMap<String, List<JsonNode>>();
    for (var space : spaces) {
      for (var message : messages(server, space)) {
        found.computeIfAbsent(message.path("text").asString(), _ -> new ArrayList<>()).add(message);
      }
    }
    var lost = stored.keySet().stream().filter(text -> !found.containsKey(text)).toList();
    assertThat(lost).as("posts that got 200 and are not there").isEmpty();
    stored.forEach((text, post) -> {
      var there = found.get(text);
      assertThat(there).as("%s is stored once", text).hasSize(1);
      assertThat(there.getFirst().path("name").asString()).isEqualTo(post.name());
      assertThat(there.getFirst().path("thread").path("name").asString()).isEqualTo(post.thread());
    });
    assertThat(refused.keySet().stream().filter(found::containsKey))
        .as("posts that got an error and are there")
        .isEmpty();
    unanswered.forEach((text, _) ->
        assertThat(found.getOrDefault(text, List.of()))
            .as("unanswered " + text)
            .hasSizeLessThan(2));
    var threads = new HashMap<String, String>();
    for (var post : stored.values()) {
      if (!post.threadKey().isEmpty()) {
        var first =
            threads.putIfAbsent(post.space().name() + " " + post.threadKey(), post.thread());
        assertThat(first == null || first.equals(post.thread()))
            .as("one key, one thread: " + post)
            .isTrue();
      }
    }
  }

  /// Holds a space's quota, of single posts, against the times of what it has.
  ///
  /// @param interval between two of them, at least
  void checkPace(CampanaProcess server, NewSpace space, Duration interval) {
    var times =
        messages(server, space).stream()
            .map(message -> Instant.parse(message.path("createTime").asString()))
            .toList();
    for (int i = 1; i < times.size(); i++) {
      assertThat(Duration.between(times.get(i - 1), times.get(i)))
          .as("%s, after %s", space.name(), times.get(i - 1))
          .isGreaterThanOrEqualTo(interval);
    }
  }

  private static List<JsonNode> messages(CampanaProcess server, NewSpace space) {
    var all = new ArrayList<JsonNode>();
    var page = "";
    do {
      var answer =
          server.call(
              "GET", "/v1/" + space.name() + "/messages?pageSize=1000&pageToken=" + page, "");
      answer.path("messages").forEach(all::add);
      page = URLEncoder.encode(answer.path("nextPageToken").asString(""), StandardCharsets.UTF_8);
    } while (!page.isEmpty());
    return all;
  }

  /// Posts that were answered with 200 so far.
  int promised() {
    return stored.size();
  }

  /// Posts that were answered with an error so far.
  int refused() {
    return refused.size();
  }

  /// What those errors were.
  Set<Integer> statuses() {
    return Set.copyOf(statuses);
  }

  /// Posts whose answer never came and that carried no requestId to repeat them by.
  int unanswered() {
    return unanswered.size();
  }

  /// Waits until so many posts more were promised, at most the given time.
  void awaitPromised(int more, Duration atMost) {
    var wanted = stored.size() + more;
    var until = System.nanoTime() + atMost.toNanos();
    while (stored.size() < wanted && System.nanoTime() < until) {
      try {
        TimeUnit.MILLISECONDS.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
