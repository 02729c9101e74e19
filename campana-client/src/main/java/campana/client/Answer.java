package campana.client;

import campana.wire.RpcCode;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the far side answered: a message, an error wrapped or bare, HTML, or half of any
 * (docs/protocol.md, «Errors»). Pure.
 */
final class Answer {
  private static final int LONGEST_TEXT = 1_000;
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cc}&&[^\\n\\t]]");

  private Answer() {}

  /**
   * Never fails: what cannot be read is left out, and the HTTP status alone decides.
   *
   * @param body as much of it as came
   * @param whole false where it was cut off
   */
  static Attempt read(
      int status, HttpHeaders headers, byte[] body, boolean whole, Instant now, Scrub scrub) {
    Map<String, Object> root = PartialJson.read(body);
    Attempt.Draft draft = new Attempt.Draft(Reason.ofHttp(status));
    draft.httpStatus = status;
    draft.body = new String(body, StandardCharsets.UTF_8);
    draft.scrub = scrub;
    if (draft.reason == Reason.SENT) {
      draft.code = RpcCode.OK;
      draft.messageName = name(root.get("name"), scrub);
      draft.threadName = name(PartialJson.member(root.get("thread")).get("name"), scrub);
      return new Attempt(draft);
    }
    Map<String, Object> error = PartialJson.member(root.get("error"));
    if (error.isEmpty()) {
      error = root; // google.rpc.Status alone
    }
    draft.code = code(error, status);
    draft.retryIn = RetryAfter.header(headers, now).orElse(null);
    List<FieldViolation> violations = new ArrayList<>();
    for (Object entry : PartialJson.list(error.get("details"))) {
      Map<String, Object> detail = PartialJson.member(entry);
      String type = PartialJson.text(detail.get("@type"));
      if (type.endsWith("google.rpc.RetryInfo")) {
        draft.retryIn =
            longer(draft.retryIn, RetryAfter.retryDelay(detail.get("retryDelay")).orElse(null));
      } else if (type.endsWith("google.rpc.ErrorInfo")) {
        draft.errorReason = clean(PartialJson.text(detail.get("reason")), scrub);
      } else if (type.endsWith("google.rpc.BadRequest")) {
        for (Object violation : PartialJson.list(detail.get("fieldViolations"))) {
          violations.add(violation(PartialJson.member(violation), scrub));
        }
      }
    }
    draft.violations = violations;
    draft.text = text(error, draft.body, status, whole, scrub);
    return new Attempt(draft);
  }

  private static @Nullable String name(@Nullable Object value, Scrub scrub) {
    String text = PartialJson.text(value);
    return text.isEmpty() ? null : clean(text, scrub);
  }

  /** The status by name; or the code, which is a canonical number or an HTTP status. */
  static RpcCode code(Map<String, Object> error, int httpStatus) {
    String status = PartialJson.text(error.get("status"));
    Object number = error.get("code");
    for (RpcCode code : RpcCode.values()) {
      if (code.name().equals(status)) {
        return code;
      }
    }
    if (status.isEmpty() && number instanceof Integer) {
      for (RpcCode code : RpcCode.values()) {
        if (code.number() == (Integer) number && code != RpcCode.OK) {
          return code;
        }
      }
    }
    return RpcCode.ofHttp(httpStatus);
  }

  private static @Nullable Duration longer(@Nullable Duration one, @Nullable Duration other) {
    return one == null || (other != null && other.compareTo(one) > 0) ? other : one;
  }

  private static FieldViolation violation(Map<String, Object> violation, Scrub scrub) {
    return new FieldViolation(
        clean(PartialJson.text(violation.get("field")), scrub),
        cut(clean(PartialJson.text(violation.get("description")), scrub)));
  }

  private static String text(
      Map<String, Object> error, String body, int status, boolean whole, Scrub scrub) {
    String message = PartialJson.text(error.get("message"));
    if (!message.isEmpty()) {
      return cut(clean(message, scrub));
    }
    if (status >= 300 && status < 400) {
      return "a redirect, which is not followed";
    }
    String plain =
        body.replaceAll("(?is)<(style|script)\\b.*?(</\\1>|$)", " ")
            .replaceAll("<[^<>]*+>", " ") // no way back: a page of < alone would take minutes
            .replaceAll("\\s+", " ");
    plain = clean(plain, scrub).strip();
    return plain.isEmpty() || body.stripLeading().startsWith("{")
        ? "no text" + (whole ? "" : "; the answer broke off")
        : cut(plain);
  }

  /** Without secrets, and without controls, which may steer the terminal of who reads it. */
  private static String clean(String text, Scrub scrub) {
    return scrub.clean(CONTROLS.matcher(text).replaceAll(""));
  }

  /** Tears no surrogate pair. */
  private static String cut(String text) {
    if (text.length() <= LONGEST_TEXT) {
      return text;
    }
    int end =
        Character.isHighSurrogate(text.charAt(LONGEST_TEXT - 1)) ? LONGEST_TEXT - 1 : LONGEST_TEXT;
    return text.substring(0, end) + "…";
  }

  /** Empty where a text holds nothing. */
  static Optional<String> some(String text) {
    return text.isEmpty() ? Optional.empty() : Optional.of(text);
  }
}
