package campana.relay.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import campana.client.Poster;
import campana.relay.outbox.Caps;
import campana.relay.outbox.Credential;
import campana.relay.outbox.Destination;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Enqueued;
import campana.relay.outbox.Entry;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.EntryState;
import campana.relay.store.SqliteOpened;
import campana.testkit.ScriptedChat;
import campana.wire.WebhookUrl;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/// A whole delivery in real time, with a far side on a real socket. Lanes are fast and jitter is
/// none.
final class LiveRig implements AutoCloseable {
  /// For an attempt that hangs.
  static final Duration SHORT = Duration.ofMillis(700);

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final HttpClient http = Wires.client(threads);
  private final UnaryOperator<String> url;
  final SqliteOpened opened;
  final Delivery delivery;
  final Destination ops;
  final Destination oncall;

  LiveRig(Path folder, ScriptedChat chat) {
    this(folder, chat::url);
  }

  /// @param url of the webhook of a space
  LiveRig(Path folder, UnaryOperator<String> url) {
    this(
        url,
        SqliteOpened.at(folder, Caps.DEFAULT, Duration.ofMinutes(5), Clock.systemUTC()),
        true,
        SHORT);
  }

  /// @param url of the webhook of a space
  /// @param allowPrivate whether the far side on this machine may be asked at all
  /// @param timeout of an attempt
  LiveRig(UnaryOperator<String> url, SqliteOpened opened, boolean allowPrivate, Duration timeout) {
    this.url = url;
    this.opened = opened;
    ops = destination("ops", "AAA", "oncall");
    oncall = destination("oncall", "BBB", "");
    var rules =
        new Delivery.Rules(
            "",
            Duration.ofMinutes(5),
            Map.of("ops", ops, "oncall", oncall),
            Duration.ofMillis(10),
            new Care.Keep(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(7)));
    delivery =
        new Delivery(
            opened.outbox(),
            opened.backlog(),
            opened.watch(),
            new PosterSender(Poster.of(http), "rig", _ -> allowPrivate, timeout),
            () -> rules,
            Clock.systemUTC(),
            () -> 0,
            Duration.ofSeconds(2));
    opened.relay().listen(delivery::wake);
    delivery.start();
  }

  private Destination destination(String name, String space, String fallback) {
    return new Destination(
        name,
        WebhookUrl.parse(url.apply(space)),
        Duration.ofMillis(10),
        Destination.KEEP_TRYING,
        fallback,
        true,
        false,
        "it",
        ZoneOffset.UTC);
  }

  /// Of a sender of posts.
  Credential sender(String space) {
    return Credential.of(WebhookUrl.parse(url.apply(space)), "");
  }

  EntryId queue(Draft draft) {
    var queued = (Enqueued.Queued) opened.outbox().enqueue(draft.route(), List.of(draft));
    return queued.receipts().getFirst().id();
  }

  Entry.Whole entry(EntryId id) {
    return opened.records().entry(id).orElseThrow();
  }

  /// Waits until it is so.
  void becomes(EntryId id, EntryState state) {
    await().atMost(PATIENCE).until(() -> entry(id).entry().state() == state);
  }

  void delivered(long count) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(opened.records().sums().entries().delivered()).isEqualTo(count));
  }

  @Override
  public void close() {
    delivery.close();
    http.shutdownNow();
    threads.shutdownNow();
    assertThat(opened.records().sums().hold()).as("%s", opened.records().sums()).isTrue();
    opened.close();
  }
}
