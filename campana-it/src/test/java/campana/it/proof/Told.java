package campana.it.proof;

import static org.assertj.core.api.Assertions.assertThat;

import campana.it.CampanaProcess;
import campana.it.CampanaProcess.NewSpace;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;

/// What [Senders] were promised, to be held against the spaces: all of it, once, in order, one
/// thread for each subject and each key, and the relay's sums.
///
/// @param one of alarms and texts
/// @param two of alarms
/// @param proxied of posts
/// @param accepted the texts of what was answered with 200
/// @param cut those without an id that were not answered: there at most once
/// @param faults what no sender should have seen
record Told(
    NewSpace one,
    NewSpace two,
    NewSpace proxied,
    Set<String> accepted,
    Set<String> cut,
    List<String> faults) {
  private record Message(String text, String thread, Instant at) {
    /// Kind and sender.
    String sender() {
      return text.substring(0, text.lastIndexOf(' '));
    }

    int number() {
      return Integer.parseInt(text.substring(text.lastIndexOf(' ') + 1));
    }
  }

  /// Waits until nothing waits in the relay, at most the given time.
  static void awaitDelivery(CampanaProcess relay, Duration atMost) {
    Awaitility.await()
        .atMost(atMost)
        .until(() ->
            relay.call("GET", "/v1/relay/status", "").path("entries").path("waiting").asLong(-1)
                == 0);
  }

  /// @param status what `relay status --json` says
  void check(CampanaProcess chat, JsonNode status) {
    assertThat(faults).as("what no sender should have seen").isEmpty();
    var first = messages(chat, one);
    var second = messages(chat, two);
    var third = messages(chat, proxied);
    var alarms = accepted("alarm");
    assertThat(texts(first, "alarm")).as("alarms in the one space").isEqualTo(alarms);
    assertThat(texts(second, "alarm")).as("alarms in the other").isEqualTo(alarms);
    assertThat(texts(third, "post")).as("posts").isEqualTo(accepted("post"));
    var texts = texts(first, "text");
    assertThat(texts).as("texts").containsAll(accepted("text"));
    texts.removeAll(accepted("text"));
    assertThat(cut).as("texts whose sender heard nothing").containsAll(texts);
    assertThat(second).hasSameSizeAs(alarms);
    inOrder(first, "alarm", Senders.OF_A_SUBJECT);
    inOrder(second, "alarm", Senders.OF_A_SUBJECT);
    inOrder(third, "post", Integer.MAX_VALUE);

    assertThat(status.path("sumsHold").asBoolean(false)).as("%s", status).isTrue();
    var entries = status.path("entries");
    var arrived = first.size() + second.size() + third.size();
    assertThat(entries.path("accepted").asInt()).as("%s", status).isEqualTo(arrived);
    assertThat(entries.path("delivered").asInt()).as("%s", status).isEqualTo(arrived);
    assertThat(status.path("triggers").path("planned").asInt())
        .as("%s", status)
        .isEqualTo(first.size() + third.size());
  }

  /// The first time after this one at which something arrived.
  Instant nextDelivery(CampanaProcess chat, Instant after) {
    return Stream.of(one, two, proxied)
        .flatMap(space -> messages(chat, space).stream())
        .map(Message::at)
        .filter(at -> !at.isBefore(after))
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private Set<String> accepted(String kind) {
    return accepted.stream().filter(text -> text.startsWith(kind)).collect(Collectors.toSet());
  }

  /// The texts of a kind, each of which has to be there once.
  private static Set<String> texts(List<Message> messages, String kind) {
    var texts = of(messages, kind).map(Message::text).toList();
    var once = new HashSet<>(texts);
    if (once.size() != texts.size()) {
      assertThat(texts).as("each once").doesNotHaveDuplicates();
    }
    return once;
  }

  private static Stream<Message> of(List<Message> messages, String kind) {
    return messages.stream().filter(message -> message.text().startsWith(kind));
  }

  /// One sender's events came in the order of their numbers, so they stand in it in their thread,
  /// and so many make one thread.
  private static void inOrder(List<Message> messages, String kind, int ofAThread) {
    Map<String, List<Message>> threads =
        of(messages, kind).collect(Collectors.groupingBy(Message::thread));
    var owners = new HashMap<String, String>();
    threads.forEach((thread, those) -> {
      var numbers = those.stream().map(Message::number).toList();
      assertThat(numbers).as("order in " + thread).isSorted();
      for (var message : those) {
        var owner = message.sender() + ", run " + message.number() / ofAThread;
        assertThat(owners.putIfAbsent(owner, thread)).as(owner).isIn(null, thread);
      }
    });
    assertThat(owners).as("each thread is of one run").hasSameSizeAs(threads.keySet());
  }

  /// Oldest first.
  private static List<Message> messages(CampanaProcess chat, NewSpace space) {
    var all = new ArrayList<Message>();
    var page = "";
    do {
      var path = "/v1/" + space.name() + "/messages?pageSize=1000&pageToken=" + page;
      var answer = chat.call("GET", path, "");
      answer
          .path("messages")
          .forEach(message ->
              all.add(
                  new Message(
                      message.path("text").asString(),
                      message.path("thread").path("name").asString(),
                      Instant.parse(message.path("createTime").asString()))));
      page = URLEncoder.encode(answer.path("nextPageToken").asString(""), StandardCharsets.UTF_8);
    } while (!page.isEmpty());
    return all;
  }
}
