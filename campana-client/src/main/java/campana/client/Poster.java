package campana.client;

import campana.wire.WebhookUrl;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Makes one request and says what came of it: no pacing, no retry, no queue. {@link WebhookClient}
 * is built on it; it is public for programs that keep a queue of their own. Safe for use by many
 * threads.
 */
public final class Poster {
  static final String CONTENT_TYPE = "application/json; charset=UTF-8";

  private static final Timer TIMER = Timer.daemon();

  private final HttpClient http;
  private final Clock clock;
  private final Map<String, String> headers;

  private Poster(HttpClient http, Clock clock, Map<String, String> headers) {
    this.http = http;
    this.clock = clock;
    this.headers = headers;
  }

  /** On the HTTP client that all webhook clients of this JVM share: HTTP/1.1, no redirects. */
  public static Poster shared() {
    return new Poster(Threads.http(), Clock.systemUTC(), Map.of());
  }

  /**
   * On an HTTP client of one's own.
   *
   * @throws IllegalArgumentException if it follows redirects: a post that follows one is a GET to
   *     somebody else
   */
  public static Poster of(HttpClient http) {
    return of(http, Clock.systemUTC());
  }

  static Poster of(HttpClient http, Clock clock) {
    if (http.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException("http: wanted a client that follows no redirects");
    }
    return new Poster(http, clock, Map.of());
  }

  /**
   * The same with one more header in each request.
   *
   * @param name of the header; one of the same name is replaced
   * @param value not a secret: headers are no place for what nobody may see
   * @return a new one, on the same HTTP client
   * @throws IllegalArgumentException if no request can have that header
   */
  public Poster withHeader(String name, String value) {
    var unused = HttpRequest.newBuilder().header(name, value);
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Poster(http, clock, more);
  }

  /**
   * Posts and waits for the answer. A thread that is interrupted gets {@link Reason#CANCELLED} and
   * keeps its interrupt.
   *
   * @param body JSON in UTF-8, sent as it is
   * @param timeout for the whole of it, connecting and the answer's body included; more than zero
   */
  public Attempt post(WebhookUrl url, byte[] body, Duration timeout) {
    return post(url.toUri(), body, timeout);
  }

  /** As {@link #post(WebhookUrl, byte[], Duration)}, to any address, with its query as it is. */
  public Attempt post(URI address, byte[] body, Duration timeout) {
    CompletableFuture<Attempt> attempt = postAsync(address, body, timeout);
    try {
      return attempt.get();
    } catch (InterruptedException e) {
      attempt.cancel(true);
      Thread.currentThread().interrupt();
      return Attempt.unanswered(Reason.CANCELLED, "interrupted; perhaps stored");
    } catch (ExecutionException e) {
      throw new IllegalStateException("an attempt ends with a value", e.getCause());
    }
  }

  /**
   * Posts without waiting. The future ends with a value, never with an exception; cancelling it
   * breaks the request off (on Java 16 and later at once, before that when its time is up). What
   * hangs on it runs on the HTTP client's threads and must not block.
   *
   * @throws IllegalArgumentException if there is no time at all
   */
  public CompletableFuture<Attempt> postAsync(URI address, byte[] body, Duration timeout) {
    if (timeout.isZero() || timeout.isNegative()) {
      throw new IllegalArgumentException("timeout: wanted more than zero, got " + timeout);
    }
    CompletableFuture<Attempt> outcome = new CompletableFuture<>();
    CappedBody answer = new CappedBody();
    CompletableFuture<HttpResponse<Boolean>> sent;
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address)
              .timeout(Waits.capped(timeout))
              .header("Content-Type", CONTENT_TYPE)
              .header("Accept", "application/json")
              .header("User-Agent", "campana-client")
              .POST(HttpRequest.BodyPublishers.ofByteArray(body));
      headers.forEach(request::setHeader);
      sent = Threads.begin(() -> http.sendAsync(request.build(), answer));
    } catch (Throwable e) { // an Error too: no thread to be had, say, ends this one attempt
      outcome.complete(failed(e, new Scrub(address)));
      return outcome;
    }
    Scrub scrub = new Scrub(address);
    // The request's own time-out ends with the answer's head; a body may take for ever.
    Runnable inTime =
        TIMER.after(
            Waits.nanos(timeout),
            () ->
                outcome.complete(
                    ended(answer, new HttpTimeoutException("request timed out"), false, scrub)));
    var unusedBody =
        answer.ended().thenAccept(whole -> outcome.complete(ended(answer, null, whole, scrub)));
    var unusedStage =
        sent.whenComplete((response, failure) -> {
          if (failure != null) {
            outcome.complete(ended(answer, failure, false, scrub));
          }
        });
    var unusedEnd =
        outcome.whenComplete((attempt, failure) -> {
          inTime.run();
          if (!answer.ended().isDone()) {
            sent.cancel(true);
            answer.stop();
          }
        });
    return outcome;
  }

  private Attempt ended(
      CappedBody answer, @Nullable Throwable failure, boolean whole, Scrub scrub) {
    int status = answer.status();
    if (failure != null && status == 0) {
      return failed(failure, scrub);
    }
    try {
      return Answer.read(status, answer.headers(), answer.bytes(), whole, clock.instant(), scrub);
    } catch (Throwable e) { // whatever the rest of the answer is: its status is known
      return Answer.read(status, CappedBody.NO_HEADERS, new byte[0], false, Instant.EPOCH, scrub);
    }
  }

  /** Texts of the HTTP client are kept, their exceptions not: those may carry the address. */
  static Attempt failed(Throwable thrown, Scrub scrub) {
    Throwable failure = thrown;
    while (failure instanceof CompletionException && failure.getCause() != null) {
      failure = failure.getCause();
    }
    boolean before = false;
    boolean untrusted = false;
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 10; depth++, cause = cause.getCause()) {
      before |=
          cause instanceof ConnectException
              || cause instanceof HttpConnectTimeoutException
              || cause instanceof UnresolvedAddressException
              || cause instanceof SSLHandshakeException
              || cause instanceof IllegalArgumentException;
      untrusted |= cause instanceof CertificateException;
    }
    String said = failure.getMessage() == null ? "" : ": " + failure.getMessage();
    String text = scrub.clean(failure.getClass().getSimpleName() + said);
    if (untrusted) {
      return Attempt.unanswered(Reason.UNTRUSTED, text);
    }
    return before
        ? Attempt.unanswered(Reason.UNREACHABLE, "nothing was sent, no connection: " + text)
        : Attempt.unanswered(Reason.NO_ANSWER, "no answer: " + text);
  }
}
