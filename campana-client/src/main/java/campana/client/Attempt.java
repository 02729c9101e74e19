package campana.client;

import campana.wire.RpcCode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What came of one request: what {@link Poster} answers. Immutable. Nothing in it but {@link
 * #body()} can hold the webhook's key or token.
 */
public final class Attempt {
  private final Reason reason;
  private final RpcCode code;
  private final int httpStatus;
  private final @Nullable Duration retryIn;
  private final @Nullable String messageName;
  private final @Nullable String threadName;
  private final String text;
  private final String errorReason;
  private final List<FieldViolation> violations;
  private final String body;
  private final Scrub scrub;

  Attempt(Draft draft) {
    reason = draft.reason;
    code = draft.code;
    httpStatus = draft.httpStatus;
    retryIn = draft.retryIn;
    messageName = draft.messageName;
    threadName = draft.threadName;
    text = draft.text;
    errorReason = draft.errorReason;
    violations = List.copyOf(draft.violations);
    body = draft.body;
    scrub = draft.scrub;
  }

  /** One that got no answer. */
  static Attempt unanswered(Reason reason, String text) {
    Draft draft = new Draft(reason);
    draft.text = text;
    return new Attempt(draft);
  }

  /** Whether the far side took the message: a 2xx, with or without a body. */
  public boolean sent() {
    return reason == Reason.SENT;
  }

  /**
   * What it was, by the HTTP status: {@link Reason#UNREACHABLE} or {@link Reason#NO_ANSWER} where
   * there was none.
   */
  public Reason reason() {
    return reason;
  }

  /** The code of the answer, or the one that its HTTP status means. */
  public RpcCode code() {
    return code;
  }

  /** Empty where no answer came. */
  public OptionalInt httpStatus() {
    return httpStatus == 0 ? OptionalInt.empty() : OptionalInt.of(httpStatus);
  }

  /** Whether the same request may pass later: not after 501, 505 and 511, which time mends not. */
  public boolean retryable() {
    return reason.retryable() && httpStatus != 501 && httpStatus != 505 && httpStatus != 511;
  }

  /**
   * Whether it may have been stored although it was not answered with success: no whole answer, or
   * one of 500, 502 and 504. Then repeat it under the same requestId alone.
   */
  public boolean maybeStored() {
    return reason == Reason.NO_ANSWER
        || httpStatus == 500
        || httpStatus == 502
        || httpStatus == 504;
  }

  /**
   * The wait that the far side asked for by {@code Retry-After} or RetryInfo, the longer one; empty
   * where it asked for none.
   */
  public Optional<Duration> retryIn() {
    return Optional.ofNullable(retryIn);
  }

  /** {@code spaces/SPACE/messages/MESSAGE}; empty where it was not sent or not named. */
  public Optional<String> messageName() {
    return Optional.ofNullable(messageName);
  }

  /** {@code spaces/SPACE/threads/THREAD}; empty where it was not sent or not named. */
  public Optional<String> threadName() {
    return Optional.ofNullable(threadName);
  }

  /** For people: the error's text, at most 1,000 characters; empty where it was sent. */
  public String text() {
    return text;
  }

  /** {@code ErrorInfo.reason}, as {@code API_KEY_INVALID}: what programs may branch on. */
  public Optional<String> errorReason() {
    return Answer.some(errorReason);
  }

  /** The fields at fault, as far as the answer names them. */
  public List<FieldViolation> violations() {
    return violations;
  }

  /** The answer's body as it came, at most 256 KiB of it. May repeat secrets: not for logs. */
  public String body() {
    return body;
  }

  /** The same without key and token, however they are written in it: for what is kept. */
  public String bodyWithoutSecrets() {
    return scrub.clean(body);
  }

  @Override
  public String toString() {
    return reason
        + (httpStatus == 0 ? "" : " (" + httpStatus + " " + code + ")")
        + (messageName == null ? "" : " " + messageName)
        + (text.isEmpty() ? "" : ": " + text);
  }

  /** Its parts before it is made. */
  static final class Draft {
    final Reason reason;
    RpcCode code;
    int httpStatus;
    @Nullable Duration retryIn;
    @Nullable String messageName;
    @Nullable String threadName;
    String text = "";
    String errorReason = "";
    List<FieldViolation> violations = List.of();
    String body = "";
    Scrub scrub = Scrub.OF_NOTHING;

    Draft(Reason reason) {
      this.reason = reason;
      this.code = reason.code();
    }
  }
}
