package campana.relay.delivery;

import campana.client.Poster;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The connections to far sides. Several HTTP clients share the lanes, as each looks through its
/// idle connections one by one at every request. What they do runs on virtual threads: on others
/// each of its many small steps would wake a thread of the system's.
public final class Wires implements AutoCloseable {
  private static final int CLIENTS = 4;
  private static final Duration CONNECT = Duration.ofSeconds(10);

  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("wire-", 0).factory());
  private final List<HttpClient> clients =
      Stream.generate(() -> client(threads)).limit(CLIENTS).toList();

  /// HTTP/1.1 and no redirects, as the client's own.
  static HttpClient client(Executor threads) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(CONNECT)
        .executor(threads)
        .build();
  }

  /// @param relay this relay's id
  /// @param allowPrivate see [PosterSender]
  public Sender sender(String relay, Predicate<String> allowPrivate) {
    var senders =
        clients.stream()
            .map(client -> new PosterSender(Poster.of(client), relay, allowPrivate))
            .toList();
    return turn ->
        senders.get(Math.floorMod(turn.id().lane().hashCode(), senders.size())).send(turn);
  }

  /// Breaks off what is under way.
  @Override
  public void close() {
    clients.forEach(HttpClient::shutdownNow);
    threads.shutdownNow();
  }
}
