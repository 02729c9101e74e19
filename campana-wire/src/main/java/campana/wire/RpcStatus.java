package campana.wire;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * An error as google.rpc.Status says it: a code, a text for people, and typed details. Immutable.
 * Details are plain maps in proto JSON form ({@code @type} first), so that any JSON library can
 * write them.
 */
public final class RpcStatus {
  private static final String TYPE = "type.googleapis.com/google.rpc.";

  private final RpcCode code;
  private final int httpStatus;
  private final String message;
  private final List<Map<String, Object>> details;

  private RpcStatus(
      RpcCode code, int httpStatus, String message, List<Map<String, Object>> details) {
    this.code = Objects.requireNonNull(code);
    this.httpStatus = httpStatus;
    this.message = Objects.requireNonNull(message);
    this.details = List.copyOf(details);
  }

  /**
   * An error without details.
   *
   * @param code what kind of error
   * @param message for people: names the field and what was wished
   * @return the error, with the code's own HTTP status
   */
  public static RpcStatus of(RpcCode code, String message) {
    return new RpcStatus(code, code.httpStatus(), message, List.of());
  }

  /**
   * An error whose HTTP status is not the code's own, as 405 with UNIMPLEMENTED.
   *
   * @param code what kind of error
   * @param httpStatus 400 to 599
   * @param message for people
   * @return the error, without details
   */
  public static RpcStatus of(RpcCode code, int httpStatus, String message) {
    return new RpcStatus(code, httpStatus, message, List.of());
  }

  /**
   * INVALID_ARGUMENT that names one field.
   *
   * @param field a path such as {@code message.text}
   * @param message for people
   * @return the error, with a BadRequest of one violation
   */
  public static RpcStatus invalid(String field, String message) {
    return of(RpcCode.INVALID_ARGUMENT, message)
        .with("BadRequest", "fieldViolations", List.of(violation(field, message)));
  }

  /**
   * One entry of BadRequest.fieldViolations.
   *
   * @param field a path such as {@code message.text}
   * @param description what is wrong and what was wished
   * @return the entry, field first
   */
  public static Map<String, Object> violation(String field, String description) {
    return ordered("field", field, "description", description);
  }

  /**
   * INVALID_ARGUMENT with several violations, their texts joined by a newline.
   *
   * @param violations at least one, each as {@link #violation} makes it
   * @return the error, with a BadRequest
   */
  public static RpcStatus invalid(List<Map<String, Object>> violations) {
    var texts = new ArrayList<String>();
    for (var violation : violations) {
      texts.add(String.valueOf(violation.get("description")));
    }
    return of(RpcCode.INVALID_ARGUMENT, String.join("\n", texts))
        .with("BadRequest", "fieldViolations", List.copyOf(violations));
  }

  /**
   * The same with an ErrorInfo: what software should branch on.
   *
   * @param reason in capitals and underscores
   * @param domain who gives the reason
   * @param metadata more facts, possibly none
   * @return a new error
   */
  public RpcStatus withErrorInfo(String reason, String domain, Map<String, String> metadata) {
    return withDetail(
        ordered(
            "@type", TYPE + "ErrorInfo", "reason", reason, "domain", domain, "metadata", metadata));
  }

  /**
   * The same with a RetryInfo.
   *
   * @param seconds how long to wait: 0 or more, decimals allowed
   * @return a new error
   */
  public RpcStatus withRetryInfo(double seconds) {
    var text =
        seconds == Math.rint(seconds) ? String.valueOf((long) seconds) : String.valueOf(seconds);
    return with("RetryInfo", "retryDelay", text + "s");
  }

  /**
   * The same with a QuotaFailure of one violation.
   *
   * @param subject whose quota
   * @param description which quota
   * @return a new error
   */
  public RpcStatus withQuotaFailure(String subject, String description) {
    return with(
        "QuotaFailure",
        "violations",
        List.of(ordered("subject", subject, "description", description)));
  }

  /**
   * The same with a Help of one link.
   *
   * @param description what is there
   * @param url where
   * @return a new error
   */
  public RpcStatus withHelp(String description, String url) {
    return with("Help", "links", List.of(ordered("description", description, "url", url)));
  }

  /**
   * The same with one more detail.
   *
   * @param type the detail's name in google.rpc
   * @param field its one field
   * @param value of that field, in proto JSON form
   * @return a new error
   */
  public RpcStatus with(String type, String field, Object value) {
    return withDetail(ordered("@type", TYPE + type, field, value));
  }

  private RpcStatus withDetail(Map<String, Object> detail) {
    var all = new ArrayList<>(details);
    all.add(detail);
    return new RpcStatus(code, httpStatus, message, all);
  }

  private static Map<String, Object> ordered(Object... pairs) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], pairs[i + 1]);
    }
    return java.util.Collections.unmodifiableMap(map);
  }

  /** {@return what kind of error} */
  public RpcCode code() {
    return code;
  }

  /** {@return the HTTP status to answer with; also {@code error.code} on the wire} */
  public int httpStatus() {
    return httpStatus;
  }

  /** {@return the text for people} */
  public String message() {
    return message;
  }

  /** {@return the details in proto JSON form, possibly empty} */
  public List<Map<String, Object>> details() {
    return details;
  }

  /**
   * {@return the wrapped form that travels: {@code {"error": {code, message, status, details?}}}}
   */
  public Map<String, Object> toWire() {
    var inner = new LinkedHashMap<String, Object>();
    inner.put("code", httpStatus);
    inner.put("message", message);
    inner.put("status", code.name());
    if (!details.isEmpty()) {
      inner.put("details", details);
    }
    return Map.of("error", inner);
  }

  @Override
  public String toString() {
    return code + ": " + message;
  }
}
