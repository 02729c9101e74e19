package campana.client;

import campana.client.card.Violation;
import campana.wire.WebhookUrl;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One message with its way through a lane, from the call to its one result. */
final class Parcel {
  private static final System.Logger LOG = System.getLogger("campana.client");

  private final WebhookUrl url;
  private final Sending start;
  private final byte[] body;
  private final Settings settings;
  private final long deadlineAt;
  private final Consumer<Parcel> gone;
  private final CompletableFuture<SendResult> result = new CompletableFuture<>();
  private final AtomicInteger attempts = new AtomicInteger();
  private volatile @Nullable Lane lane;
  private volatile @Nullable CompletableFuture<Attempt> exchange;
  private volatile @Nullable Runnable expiry; // calls off the deadline's alarm
  private volatile @Nullable Attempt last;
  private volatile @Nullable Thread teller; // whose turn it is to tell of it
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private boolean allTold; // guarded by this
  private CompletableFuture<Void> told = CompletableFuture.completedFuture(null); // guarded by this

  /**
   * @param url with all parameters of this message
   * @param start the message with all its options
   * @param gone hears once that there is a result
   */
  Parcel(WebhookUrl url, Sending start, byte[] body, Settings settings, Consumer<Parcel> gone) {
    this.url = url;
    this.start = start;
    this.body = body;
    this.settings = settings;
    this.gone = gone;
    this.deadlineAt =
        settings.lanes.nanos.getAsLong()
            + start.options().deadline().orElse(settings.deadline).toNanos();
  }

  WebhookUrl url() {
    return url;
  }

  SendOptions options() {
    return start.options();
  }

  Settings settings() {
    return settings;
  }

  CompletableFuture<SendResult> result() {
    return result;
  }

  /** Ends when it has its result, before anybody is told. */
  CompletableFuture<Void> over() {
    return over;
  }

  /** Whether this very thread tells of it: it cannot wait for its end as well. */
  boolean isToldHere() {
    return Thread.currentThread().equals(teller);
  }

  boolean isDone() {
    return over.isDone();
  }

  /** As it is now. */
  Sending sending() {
    return new Sending(start.space(), start.message(), start.options(), attempts.get());
  }

  void enters(Lane entered) {
    lane = entered;
  }

  /** It has to wait: its deadline may come first. */
  void expires(Timer timer) {
    synchronized (this) {
      if (expiry == null) {
        expiry = timer.after(left(settings.lanes.nanos.getAsLong()), this::expire);
      }
    }
    if (isDone()) {
      callOff(); // it ended in this very moment
    }
  }

  private void callOff() {
    Runnable alarm = expiry;
    if (alarm != null) {
      alarm.run();
    }
  }

  private void expire() {
    Lane in = lane;
    if (in != null && in.expire(this)) {
      finishUnsent();
    }
  }

  /** Nanoseconds until its deadline, 0 or less when that has passed. */
  long left(long now) {
    return deadlineAt - now;
  }

  /** Whether a request still makes sense. */
  boolean mayFly(long now) {
    return !isDone() && left(now) > 0;
  }

  CompletableFuture<Attempt> fly(long now) {
    attempts.incrementAndGet();
    Duration left = Duration.ofNanos(left(now));
    Duration time = left.compareTo(settings.timeout) < 0 ? left : settings.timeout;
    CompletableFuture<Attempt> begun = settings.exchange.post(url.toUri(), body, time);
    exchange = begun;
    if (isDone()) {
      begun.cancel(true); // given up in this very moment
    }
    return begun;
  }

  void breakOff() {
    CompletableFuture<Attempt> begun = exchange;
    if (begun != null) {
      begun.cancel(true);
    }
  }

  /** Takes an attempt's outcome in, under the lane's lock, and says what follows. */
  RetryPolicy.Step landed(Attempt attempt, int failures, long now) {
    RetryPolicy.Step step =
        settings.retry.after(
            attempt,
            attempts.get(),
            failures,
            options().requestId().isPresent(),
            Duration.ofNanos(left(now)),
            settings.unit);
    last = attempt;
    return step;
  }

  SendResult resultAfter(RetryPolicy.Step step) {
    Attempt attempt = Objects.requireNonNull(last);
    boolean again = attempt.retryable() && !step.wait.isZero();
    return SendResult.of(attempt, attempts.get(), requestId(), again ? step.wait : null);
  }

  private @Nullable String requestId() {
    return options().requestId().orElse(null);
  }

  private SendResult own(Reason reason, String text) {
    return SendResult.own(reason, text, attempts.get(), requestId(), last);
  }

  /** Something failed here that must not. */
  SendResult broken(Throwable thrown) {
    String what = thrown.getClass().getSimpleName();
    return own(Reason.NO_ANSWER, "failed in this program, perhaps stored: " + what);
  }

  /** Its time ran out before its first request, or before the next one. */
  void finishUnsent() {
    Attempt attempt = last;
    finish(
        attempt == null
            ? own(Reason.DEADLINE, "its deadline passed while it waited")
            : SendResult.of(attempt, attempts.get(), requestId(), null));
  }

  /** The far side would not take it, so it is not asked. */
  void refuse(List<Violation> wrong) {
    boolean tooLarge = wrong.stream().anyMatch(one -> one.limit().isPresent());
    Attempt.Draft draft = new Attempt.Draft(tooLarge ? Reason.TOO_LARGE : Reason.INVALID);
    draft.text =
        wrong.stream().map(Violation::reason).collect(Collectors.joining(" "))
            + (tooLarge ? " Split or cut it." : "");
    draft.violations =
        wrong.stream()
            .map(one -> new FieldViolation(one.field(), one.reason()))
            .collect(Collectors.toList());
    finish(SendResult.of(new Attempt(draft), 0, requestId(), null));
  }

  /** Its lane is held for longer than its deadline, or that is over already. */
  void finishLate(Duration wait, SendListener.Wait why) {
    if (wait.isZero()) {
      finishUnsent();
      return;
    }
    String text =
        why == SendListener.Wait.PACE
            ? "its deadline is before its turn: the last request to this space was too short ago"
            : why == SendListener.Wait.QUOTA
                ? "its deadline is before its turn: the space is over its quota"
                : "its deadline is before its turn: the far side failed and is left alone a while";
    finish(own(Reason.DEADLINE, text).in(wait));
  }

  /** Ends it from outside, wherever it is; says whether it had not ended yet. */
  boolean abandon(Reason reason, String text) {
    if (!finish(own(reason, attempts.get() == 0 ? text : text + "; perhaps stored"))) {
      return false;
    }
    Lane in = lane;
    if (in != null) {
      in.withdraw(this);
    }
    return true;
  }

  /** Its one result; later ones are dropped. */
  boolean finish(SendResult ended) {
    if (!over.complete(null)) {
      return false;
    }
    callOff();
    SendListener listener = settings.listener;
    boolean logs = !ended.sent() && settings.onError != ErrorPolicy.IGNORE;
    if (listener != null || logs) {
      inTurn(
          true,
          () -> {
            if (listener != null) {
              tell(listener, to -> to.ended(sending(), ended));
            }
            if (logs) {
              String said = ended.toString().replaceAll("\\s+", " "); // one event, one line
              LOG.log(Level.WARNING, "not sent to spaces/{0}: {1}", start.space(), said);
            }
          });
    }
    var unused =
        toldAll()
            .thenRun(() -> {
              gone.accept(this);
              result.complete(ended);
            });
    return true;
  }

  private synchronized CompletableFuture<Void> toldAll() {
    return told;
  }

  void tellAttempted(Attempt attempt) {
    Sending now = sending();
    tell(listener -> listener.attempted(now, attempt));
  }

  void tellWaits(Duration wait, SendListener.Wait why) {
    Sending now = sending();
    tell(listener -> listener.waits(now, wait, why));
  }

  private void tell(Consumer<SendListener> event) {
    SendListener listener = settings.listener;
    if (listener != null) {
      inTurn(false, () -> tell(listener, event));
    }
  }

  private static void tell(SendListener listener, Consumer<SendListener> event) {
    try {
      event.accept(listener);
    } catch (Throwable e) {
      LOG.log(Level.WARNING, "the listener failed", e);
    }
  }

  /**
   * Code of the user's, which may throw or block: on another thread, one piece after the other.
   *
   * @param last nothing is told after it
   */
  private void inTurn(boolean last, Runnable piece) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    CompletableFuture<Void> before;
    synchronized (this) {
      if (allTold) {
        return;
      }
      allTold = last;
      before = told;
      told = end;
    }
    var unused =
        before.thenRunAsync(
            () -> {
              teller = Thread.currentThread();
              try {
                piece.run();
              } catch (Throwable e) {
                // Even an Error must not keep a result back, and there is nobody else to tell.
              } finally {
                teller = null;
                end.complete(null);
              }
            },
            settings.lanes.tell);
  }
}
