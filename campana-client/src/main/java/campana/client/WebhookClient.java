package campana.client;

import campana.client.card.Violation;
import campana.wire.WebhookUrl;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Posts messages to one webhook. Made once, used by any number of threads, closed in the end:
 *
 * <pre>{@code
 * try (WebhookClient chat = WebhookClient.of(url)) {
 *   SendResult result = chat.send("The backup is late.");
 * }
 * }</pre>
 *
 * <p>What may go wrong with a message is a {@link SendResult}; exceptions are for wrong arguments.
 *
 * <p>All clients of the JVM that post to one space share its lane: one request at a time, in the
 * order of the calls, and the next no earlier than the interval after the last answer, so that the
 * space's quota does not refuse what waiting would have let pass. What the far side refuses for the
 * moment is repeated in its place: nothing behind it overtakes it. Waiting messages hold no thread;
 * they are in memory alone, and end with the JVM.
 */
public final class WebhookClient implements AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(10);

  /** For listeners and logs to take what closing ended; one that blocks holds nobody longer. */
  private static final Duration TELLING = Duration.ofSeconds(1);

  private final WebhookUrl url;
  private final Settings settings;
  private final Set<Parcel> open = new LinkedHashSet<>(); // guarded by itself
  private boolean closed; // guarded by open

  private WebhookClient(WebhookUrl url, Settings settings) {
    this.url = url;
    this.settings = settings;
  }

  /**
   * A client with the usual settings: see {@link Builder}.
   *
   * @param url the webhook's address as it was copied
   * @throws IllegalArgumentException if it is none; the text repeats nothing of it
   */
  public static WebhookClient of(String url) {
    return builder(url).build();
  }

  /** As {@link #of}, with settings to choose. */
  public static Builder builder(String url) {
    return builder(WebhookUrl.parse(url));
  }

  /** As {@link #of}, with settings to choose, for an address that was read already. */
  public static Builder builder(WebhookUrl url) {
    return new Builder(url);
  }

  /** Sends a text and waits for the result: see {@link #send(Message, SendOptions)}. */
  public SendResult send(String text) {
    return send(Message.text(text), SendOptions.none());
  }

  /** Sends a text and waits for the result: see {@link #send(Message, SendOptions)}. */
  public SendResult send(String text, SendOptions options) {
    return send(Message.text(text), options);
  }

  /** Sends and waits for the result: see {@link #send(Message, SendOptions)}. */
  public SendResult send(Message message) {
    return send(message, SendOptions.none());
  }

  /**
   * Sends and waits for the result, through the lane and all attempts, at most until its deadline.
   * A thread that is interrupted gets {@link Reason#CANCELLED} and keeps its interrupt.
   */
  public SendResult send(Message message, SendOptions options) {
    Parcel parcel = dispatch(message, options, Runnable::run);
    Runnable back = Threads.waits();
    try {
      return parcel.result().get();
    } catch (InterruptedException e) {
      parcel.abandon(Reason.CANCELLED, "interrupted");
      Thread.currentThread().interrupt();
      return parcel.result().join();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a message ends with a value", e.getCause());
    } finally {
      back.run();
    }
  }

  /** Sends without waiting: see {@link #sendAsync(Message, SendOptions)}. */
  public CompletableFuture<SendResult> sendAsync(Message message) {
    return sendAsync(message, SendOptions.none());
  }

  /**
   * Sends without waiting. The future ends with a result, on the common pool, and not with an
   * exception. Cancelling it, or ending it in any other way, takes a waiting message out of the
   * queue; a request that is under way is broken off, and may have been stored.
   */
  public CompletableFuture<SendResult> sendAsync(Message message, SendOptions options) {
    Parcel parcel = dispatch(message, options, settings.lanes::run);
    CompletableFuture<SendResult> future =
        parcel.result().thenApplyAsync(result -> result, ForkJoinPool.commonPool());
    var unusedStage =
        future.whenComplete(
            (result, failure) -> parcel.abandon(Reason.CANCELLED, "cancelled by its sender"));
    return future;
  }

  private Parcel dispatch(Message message, SendOptions given, Executor here) {
    SendOptions options = complete(given);
    List<Violation> wrong = message.violations();
    byte[] body =
        wrong.isEmpty()
            ? message
                .toJson(options.threadKey(), options.threadName())
                .getBytes(StandardCharsets.UTF_8)
            : new byte[0];
    Sending start = new Sending(url.space(), message, options, 0);
    Parcel parcel = new Parcel(options.on(url), start, body, settings, this::forget);
    if (!wrong.isEmpty()) {
      parcel.refuse(wrong);
      return parcel;
    }
    boolean isOpen;
    synchronized (open) {
      isOpen = !closed;
      if (isOpen) {
        open.add(parcel);
      }
    }
    if (!isOpen) {
      parcel.abandon(Reason.CLOSED, "the client is closed");
    } else {
      settings.lanes.add(parcel, here);
    }
    return parcel;
  }

  private SendOptions complete(SendOptions given) {
    return given.requestId().isPresent() || !settings.requestIds
        ? given
        : given.requestId(settings.ids.get());
  }

  private void forget(Parcel parcel) {
    synchronized (open) {
      open.remove(parcel);
    }
  }

  /**
   * The request that {@link #send(Message, SendOptions)} would make, for people: key and token are
   * hidden. Nothing is sent.
   *
   * @param message as for sending
   * @param options as for sending; a requestId is drawn where they have none
   * @return its first line, its content type, an empty line, the body
   */
  public String preview(Message message, SendOptions options) {
    SendOptions all = complete(options);
    return "POST "
        + all.on(url)
        + "\nContent-Type: "
        + Poster.CONTENT_TYPE
        + "\n\n"
        + message.toJson(all.threadKey(), all.threadName());
  }

  /** Messages of this client that have no result yet. */
  public int unfinished() {
    synchronized (open) {
      return open.size();
    }
  }

  /**
   * Takes no more messages, waits until those it has are sent or failed, and gives up what is left
   * then: the results of those are {@link Reason#CLOSED}. What is sent meanwhile gets CLOSED at
   * once.
   *
   * @param drain how long to wait at most, 0 for not at all, more than 366 days are that; a thread
   *     that is interrupted waits no longer
   * @return what was given up, in the order of the calls; sent again with its options none of it is
   *     stored twice
   */
  public List<Sending> close(Duration drain) {
    List<Parcel> left;
    synchronized (open) {
      closed = true;
      left = new ArrayList<>(open);
    }
    // A listener that closes holds results back itself, and others may be held by its like.
    boolean listens = left.stream().anyMatch(Parcel::isToldHere);
    await(left.stream().map(parcel -> listens ? parcel.over() : parcel.result()), drain);
    List<Parcel> given = new ArrayList<>();
    for (Parcel parcel : left) {
      if (parcel.abandon(Reason.CLOSED, "the client was closed")) {
        given.add(parcel);
      }
    }
    List<Sending> unsent = given.stream().map(Parcel::sending).collect(Collectors.toList());
    if (!listens) {
      await(given.stream().map(Parcel::result), TELLING);
    }
    return unsent;
  }

  private static void await(Stream<? extends CompletableFuture<?>> ends, Duration most) {
    Runnable back = Threads.waits();
    try {
      CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new))
          .get(Waits.nanos(most), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a message ends with a value", e.getCause());
    } catch (TimeoutException e) {
      // told by what is returned
    } finally {
      back.run();
    }
  }

  /** As {@link #close(Duration)} with 10 seconds; what is left then is logged with its results. */
  @Override
  public void close() {
    List<Sending> unused = close(CLOSE);
  }

  /** Where it posts to, without key and token. */
  @Override
  public String toString() {
    return "webhook client of " + url;
  }

  /** Settings of a client. Not for use by several threads. */
  public static final class Builder {
    private final WebhookUrl url;
    int attempts = 10;
    Duration deadline = Duration.ofHours(1);
    Backoff backoff = Backoff.STANDARD;
    Duration timeout = Duration.ofSeconds(30);
    Duration pace = Duration.ofSeconds(1);
    int queue = 3_000;
    ErrorPolicy onError = ErrorPolicy.RETRY;
    @Nullable SendListener listener;
    boolean requestIds = true;
    @Nullable Exchange exchange;

    private Builder(WebhookUrl url) {
      this.url = url;
    }

    /** Most requests for one message, 1 or more; 10 unless set. */
    public Builder attempts(int most) {
      if (most < 1) {
        throw new IllegalArgumentException("attempts: wanted 1 or more, got " + most);
      }
      attempts = most;
      return this;
    }

    /**
     * For how long to try each message, from the call on, waiting and attempts together; one hour
     * unless set.
     *
     * @param fromCall more than zero, at most 366 days
     */
    public Builder deadline(Duration fromCall) {
      deadline = positive("deadline", fromCall);
      return this;
    }

    /** The waits between attempts; {@link Backoff#STANDARD} unless set. */
    public Builder backoff(Backoff waits) {
      backoff = waits;
      return this;
    }

    /**
     * For one request with its answer; 30 seconds unless set.
     *
     * @param perRequest more than zero, at most 366 days
     */
    public Builder timeout(Duration perRequest) {
      timeout = positive("timeout", perRequest);
      return this;
    }

    /**
     * Least time from an answer to the next request to the same space; one second unless set, which
     * is Chat's quota. Zero paces nothing: still one request at a time, in order. Where clients of
     * one space differ, the slowest wins.
     *
     * @param interval zero or more, at most 366 days
     */
    public Builder pace(Duration interval) {
      if (interval.isNegative()) {
        throw new IllegalArgumentException("pace: wanted zero or more, got " + interval);
      }
      pace = interval.isZero() ? interval : positive("pace", interval);
      return this;
    }

    /**
     * How many messages may wait for the space, of all clients together, 1 or more; 3,000 unless
     * set. A message too many gets {@link Reason#QUEUE_FULL} at once.
     */
    public Builder queue(int most) {
      if (most < 1) {
        throw new IllegalArgumentException("queue: wanted 1 or more, got " + most);
      }
      queue = most;
      return this;
    }

    /** What follows an error; {@link ErrorPolicy#RETRY} unless set. */
    public Builder onError(ErrorPolicy policy) {
      onError = policy;
      return this;
    }

    /** Hears of attempts, waits and results. */
    public Builder listener(SendListener hears) {
      listener = hears;
      return this;
    }

    /**
     * Whether each message gets a requestId where its options have none; true unless set. Without
     * one, what may have been stored is not repeated.
     */
    public Builder requestIds(boolean draw) {
      requestIds = draw;
      return this;
    }

    /**
     * An HTTP client of one's own, for a proxy or certificates.
     *
     * @throws IllegalArgumentException if it follows redirects
     */
    public Builder http(HttpClient own) {
      exchange = Poster.of(own)::postAsync;
      return this;
    }

    /** The client; the builder may be used again. */
    public WebhookClient build() {
      return build(Lanes.shared());
    }

    WebhookClient build(Lanes lanes) {
      return new WebhookClient(
          url,
          new Settings(
              this,
              lanes,
              () -> UUID.randomUUID().toString(),
              () -> ThreadLocalRandom.current().nextDouble()));
    }

    static Duration positive(String name, Duration value) {
      if (value.isZero() || value.isNegative() || value.compareTo(Waits.MOST) > 0) {
        throw new IllegalArgumentException(
            name + ": wanted more than zero and at most 366 days, got " + value);
      }
      return value;
    }

    /** Where it would post to, without key and token. */
    @Override
    public String toString() {
      return "builder of a webhook client of " + url;
    }
  }
}
