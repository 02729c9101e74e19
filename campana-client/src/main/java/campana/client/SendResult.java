package campana.client;

import campana.wire.RpcCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What became of a message. Immutable; printable, as neither the webhook's key nor its token is
 * ever in it.
 */
public final class SendResult {
  private final Reason reason;
  private final String text;
  private final int attempts;
  private final @Nullable String requestId;
  private final @Nullable Attempt last;
  private final @Nullable Duration retryIn;

  private SendResult(
      Reason reason,
      String text,
      int attempts,
      @Nullable String requestId,
      @Nullable Attempt last,
      @Nullable Duration retryIn) {
    this.reason = reason;
    this.text = text;
    this.attempts = attempts;
    this.requestId = requestId;
    this.last = last;
    this.retryIn = retryIn;
  }

  /** As the last attempt ended. */
  static SendResult of(
      Attempt last, int attempts, @Nullable String requestId, @Nullable Duration retryIn) {
    return new SendResult(last.reason(), last.text(), attempts, requestId, last, retryIn);
  }

  /** Known by the client itself. */
  static SendResult own(
      Reason reason,
      String text,
      int attempts,
      @Nullable String requestId,
      @Nullable Attempt last) {
    return new SendResult(reason, text, attempts, requestId, last, null);
  }

  /** The same, with the wait that is known. */
  SendResult in(Duration wait) {
    return new SendResult(reason, text, attempts, requestId, last, wait);
  }

  /** Whether the far side has the message. */
  public boolean sent() {
    return reason == Reason.SENT;
  }

  /** Why it was sent, or was not. */
  public Reason reason() {
    return reason;
  }

  /** As the far side said it, or as {@link #reason()} means it. */
  public RpcCode code() {
    return last != null && last.reason() == reason ? last.code() : reason.code();
  }

  /** Of the last attempt; empty where there was none, or no answer to it. */
  public OptionalInt httpStatus() {
    return last == null ? OptionalInt.empty() : last.httpStatus();
  }

  /** Whether the same message may pass later. Use the same {@link #requestId()} then. */
  public boolean retryable() {
    return (last != null && last.reason() == reason) ? last.retryable() : reason.retryable();
  }

  /** How long to wait before that; empty where nobody knows. */
  public Optional<Duration> retryIn() {
    return Optional.ofNullable(retryIn);
  }

  /**
   * {@code spaces/SPACE/messages/MESSAGE}; empty where it was not sent, or where the far side gave
   * no name along.
   */
  public Optional<String> messageName() {
    return last == null ? Optional.empty() : last.messageName();
  }

  /**
   * {@code spaces/SPACE/threads/THREAD}: the thread that it is in, known or new; empty as {@link
   * #messageName()} is.
   */
  public Optional<String> threadName() {
    return last == null ? Optional.empty() : last.threadName();
  }

  /** What went wrong, for people, in the far side's words where it had any. May be empty. */
  public String text() {
    return text;
  }

  /** {@code ErrorInfo.reason} of the far side, as {@code API_KEY_INVALID}. */
  public Optional<String> errorReason() {
    return last == null ? Optional.empty() : last.errorReason();
  }

  /** The fields at fault, as far as the far side named them. */
  public List<FieldViolation> violations() {
    return last == null ? List.of() : last.violations();
  }

  /** Requests made, 0 or more. */
  public int attempts() {
    return attempts;
  }

  /** The id that each attempt carried; empty where the client was told to use none. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /**
   * This result, if sent.
   *
   * @throws SendException if not
   */
  public SendResult orThrow() {
    if (sent()) {
      return this;
    }
    throw new SendException(this);
  }

  @Override
  public String toString() {
    StringBuilder said = new StringBuilder(reason.name());
    if (httpStatus().isPresent() && !sent()) {
      said.append(" (").append(httpStatus().getAsInt()).append(' ').append(code()).append(')');
    }
    if (attempts > 1) {
      said.append(" after ").append(attempts).append(" attempts");
    }
    messageName().ifPresent(name -> said.append(' ').append(name));
    if (!text.isEmpty()) {
      said.append(": ").append(text);
    }
    return said.toString();
  }
}
