package campana.relay.delivery;

import campana.relay.outbox.Body;
import campana.relay.outbox.Draft;
import campana.relay.outbox.Enqueued.Duplicate;
import campana.relay.outbox.Enqueued.Full;
import campana.relay.outbox.Enqueued.NeedsAttempt;
import campana.relay.outbox.Enqueued.NoThread;
import campana.relay.outbox.Enqueued.Queued;
import campana.relay.outbox.Enqueued.Refused;
import campana.relay.outbox.Enqueued.Unknown;
import campana.relay.outbox.Enqueued.Unopened;
import campana.relay.outbox.Enqueued.Unproven;
import campana.relay.outbox.EntryId;
import campana.relay.outbox.Outbox;
import campana.relay.outbox.Outcome;
import campana.relay.outbox.Outcome.Delivered;
import campana.relay.outbox.Outcome.Denied;
import campana.relay.outbox.Outcome.Later;
import campana.relay.outbox.Outcome.Rejected;
import campana.relay.outbox.Outcome.Taken;
import campana.relay.outbox.Outcome.Throttled;
import campana.relay.outbox.Receipt;
import campana.relay.outbox.Threading.Missing;
import campana.relay.outbox.Trust;
import campana.relay.outbox.Turn;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Takes posts to the proxy: queues them, and waits for the far side where only it can tell.
final class PostDesk implements WirePosts {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration ASK_AGAIN = Duration.ofMillis(500);

  private final Outbox outbox;
  private final Dispatcher dispatcher;
  private final Verdicts verdicts;
  private final InstantSource clock;
  private final Duration patience;

  /// @param patience how long a sender is kept waiting for the far side
  PostDesk(
      Outbox outbox,
      Dispatcher dispatcher,
      Verdicts verdicts,
      InstantSource clock,
      Duration patience) {
    this.outbox = outbox;
    this.dispatcher = dispatcher;
    this.verdicts = verdicts;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public Posted post(Draft draft) {
    var until = clock.instant().plus(patience);
    @Nullable CompletableFuture<Void> verdict = null;
    while (true) {
      switch (outbox.enqueue("", List.of(draft))) {
        case Queued(var receipts) -> {
          return ok(receipts.getFirst());
        }
        case Duplicate(var first) -> {
          return ok(first.getFirst());
        }
        case Refused(var why) -> {
          return new Posted.Forbidden(why);
        }
        case Full(var why, var retryIn) -> {
          return new Posted.TooMany(why, retryIn);
        }
        case NoThread() -> {
          return new Posted.NoThread();
        }
        case Unknown() -> {
          return new Posted.Unknown();
        }
        case NeedsAttempt(var trust) -> {
          return attempt(draft, trust, until);
        }
        case Unproven(var retryIn) -> {
          if (verdict != null && !heard(verdict, until)) {
            return new Posted.TooMany(
                "too many messages wait for a webhook that was never reached", retryIn);
          }
          verdict = verdicts.next(draft.credential().id()); // before asking again: none is missed
        }
        case Unopened() -> throw new IllegalStateException("a post to the proxy has no episode");
      }
    }
  }

  private static Posted ok(Receipt receipt) {
    return new Posted.Ok(receipt.messageName(), receipt.threadName());
  }

  /// @return whether to ask again: the verdict came, or may have come to another process
  private boolean heard(CompletableFuture<?> verdict, Instant until) {
    var soon = clock.instant().plus(ASK_AGAIN);
    return awaited(verdict, soon.isBefore(until) ? soon : until) || soon.isBefore(until);
  }

  /// @return whether it came in time
  private boolean awaited(CompletableFuture<?> future, Instant until) {
    var left = Duration.between(clock.instant(), until);
    try {
      future.get(Math.max(left.toMillis(), 0), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("waiting for the far side", e.getCause());
    }
  }

  private Posted attempt(Draft draft, Trust trust, Instant until) {
    var outcome = new CompletableFuture<Outcome>();
    var direct = new Direct(draft, turn(draft, trust), until, outcome);
    if (!dispatcher.attempt(direct)) {
      return new Posted.TooMany("too many senders wait for this space", SOON);
    }
    if (!awaited(outcome, until)) {
      // whoever has begun it meanwhile stores it; who has not, will not any more
      outcome.cancel(false);
      return new Posted.TooMany("the space had no slot free in time", SOON);
    }
    return switch (outcome.join()) {
      case Delivered(_, var message, var thread) -> new Posted.Ok(message, thread);
      case Throttled(var answer, var retryIn) ->
          new Posted.TooMany(answer.reason(), retryIn.orElse(SOON));
      case Later(var answer, _, var retryIn) ->
          new Posted.TooMany(answer.reason(), retryIn.orElse(SOON));
      case Denied(var answer) when answer.status() == 404 -> new Posted.NoThread();
      case Denied(var answer) -> new Posted.Forbidden(answer.reason());
      case Rejected(var answer) -> new Posted.Refused(answer);
      case Taken(var answer) -> new Posted.Refused(answer);
    };
  }

  private Turn turn(Draft draft, Trust trust) {
    var requestId =
        Optional.of(draft.requestId())
            .filter(id -> !id.isEmpty())
            .orElseGet(() -> UUID.randomUUID().toString());
    return new Turn(
        new EntryId(draft.credential().lane().id(), 0),
        draft.credential(),
        body(draft.body()),
        draft.query(),
        requestId,
        Missing.FAIL,
        0,
        0,
        false,
        trust,
        0,
        false,
        clock.instant(),
        draft.trail());
  }

  private static byte[] body(Body body) {
    return body.quiet();
  }
}
