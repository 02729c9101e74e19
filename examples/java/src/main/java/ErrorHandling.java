import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Three ways to meet a failed post: log it, retry it, or leave it.
 *
 * <ul>
 *   <li>{@code log} tells what went wrong and goes on
 *   <li>{@code retry} tries again after quota, server and network failures, each time after a
 *       longer wait with some chance in it; what cannot succeed is logged at once
 *   <li>{@code ignore} is for messages that nobody misses
 * </ul>
 */
public class ErrorHandling {
  /** Paste here what "Copy link" gave you. Whoever holds this link can post. */
  private static final String URL =
      "http://127.0.0.1:8080/v1/spaces/SPACE/messages?key=KEY&token=TOKEN";

  private static final int ATTEMPTS = 8;
  private static final long LONGEST_WAIT_MILLIS = 64_000;

  /** Time-outs, quota and server failures pass. Any other refusal stays one. */
  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);

  private static final System.Logger LOG = System.getLogger("webhook");
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  /** A post that was not confirmed. Never holds the URL, which is a secret. */
  private static class Failure extends Exception {
    private static final long serialVersionUID = 1;
    final boolean passing;
    final long retryAfterMillis;

    Failure(String text, boolean passing, long retryAfterMillis) {
      super(text);
      this.passing = passing;
      this.retryAfterMillis = retryAfterMillis;
    }
  }

  public static void main(String[] args) throws InterruptedException {
    var message = "{\"text\": \"Disk of db1 is 91 % full\"}";
    var way = args.length > 0 ? args[0] : "retry";
    switch (way) {
      case "log":
        sendOrLog(message).ifPresent(System.out::println);
        break;
      case "retry":
        sendOrRetry(message).ifPresent(System.out::println);
        break;
      case "ignore":
        sendOrIgnore(message).ifPresent(System.out::println);
        break;
      default:
        throw new IllegalArgumentException("wanted one of log, retry, ignore, got " + way);
    }
  }

  static Optional<String> sendOrLog(String message) throws InterruptedException {
    try {
      return Optional.of(post(message, UUID.randomUUID()));
    } catch (Failure failure) {
      LOG.log(System.Logger.Level.ERROR, "not sent: " + failure.getMessage());
      return Optional.empty();
    }
  }

  static Optional<String> sendOrRetry(String message) throws InterruptedException {
    var requestId = UUID.randomUUID(); // the same for each attempt: at most one message
    for (int attempt = 0; ; attempt++) {
      try {
        return Optional.of(post(message, requestId));
      } catch (Failure failure) {
        if (!failure.passing || attempt + 1 == ATTEMPTS) {
          LOG.log(System.Logger.Level.ERROR, "given up: " + failure.getMessage());
          return Optional.empty();
        }
        var jitter = ThreadLocalRandom.current().nextLong(1000);
        var backoff = Math.min((1000L << attempt) + jitter, LONGEST_WAIT_MILLIS);
        var wait = Math.max(backoff, failure.retryAfterMillis);
        LOG.log(
            System.Logger.Level.WARNING,
            "trying again in " + wait + " ms: " + failure.getMessage());
        Thread.sleep(wait);
      }
    }
  }

  static Optional<String> sendOrIgnore(String message) throws InterruptedException {
    try {
      return Optional.of(post(message, UUID.randomUUID()));
    } catch (Failure failure) {
      return Optional.empty();
    }
  }

  /** Makes one attempt; returns the answer. */
  private static String post(String message, UUID requestId) throws Failure, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(URL + "&requestId=" + requestId))
            .header("Content-Type", "application/json; charset=UTF-8")
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(message))
            .build();
    HttpResponse<String> response;
    try {
      response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      // Perhaps it was stored and only the answer was lost: the request id keeps a second attempt
      // from posting it twice.
      throw new Failure("no answer: " + e.getClass().getSimpleName(), true, 0);
    }
    var status = response.statusCode();
    if (status == 200) {
      return response.body();
    }
    // The body says why: JSON, or HTML from a gateway.
    throw new Failure(status + " " + response.body(), PASSING.contains(status), retryAfter(response));
  }

  /** Milliseconds the server asks to wait, 0 where it does not say, or says a date. */
  private static long retryAfter(HttpResponse<String> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(seconds -> seconds.matches("\\d{1,6}"))
        .map(seconds -> Long.parseLong(seconds) * 1000)
        .orElse(0L);
  }
}
