package campana.wire;

/** The codes of google.rpc.Code with their HTTP twins (docs/protocol.md, «Errors»). */
public enum RpcCode {
  /** It was done. */
  OK(0, 200),
  /** The caller left before the answer. */
  CANCELLED(1, 499),
  /** Failed, and nothing says why. */
  UNKNOWN(2, 500),
  /** The request is wrong, whatever the state of the server. */
  INVALID_ARGUMENT(3, 400),
  /** No answer within the time allowed; perhaps done. */
  DEADLINE_EXCEEDED(4, 504),
  /** No such space, webhook, thread or message. */
  NOT_FOUND(5, 404),
  /** What was to be made is there already. */
  ALREADY_EXISTS(6, 409),
  /** The caller is known and may not. */
  PERMISSION_DENIED(7, 403),
  /** Over the quota; the same succeeds later. */
  RESOURCE_EXHAUSTED(8, 429),
  /** The server is not in the state that this needs. */
  FAILED_PRECONDITION(9, 400),
  /** Cut short, as by another change at the same time. */
  ABORTED(10, 409),
  /** A value past the end of what there is. */
  OUT_OF_RANGE(11, 400),
  /** The server does not do this. */
  UNIMPLEMENTED(12, 501),
  /** The server broke. */
  INTERNAL(13, 500),
  /** Not now; the same succeeds later. */
  UNAVAILABLE(14, 503),
  /** Stored data is lost or broken. */
  DATA_LOSS(15, 500),
  /** Nothing shows who calls. */
  UNAUTHENTICATED(16, 401);

  private final int number;
  private final int httpStatus;

  RpcCode(int number, int httpStatus) {
    this.number = number;
    this.httpStatus = httpStatus;
  }

  /** {@return the canonical number, 0 to 16} */
  public int number() {
    return number;
  }

  /** {@return the HTTP status that carries this code, 200 to 504} */
  public int httpStatus() {
    return httpStatus;
  }

  /**
   * The code to assume when only an HTTP status is known, as with an HTML body.
   *
   * @param status any HTTP status
   * @return the code, never null; OK for each 2xx
   */
  public static RpcCode ofHttp(int status) {
    switch (status) {
      case 400:
        return INVALID_ARGUMENT;
      case 401:
        return UNAUTHENTICATED;
      case 403:
        return PERMISSION_DENIED;
      case 404:
        return NOT_FOUND;
      case 409:
        return ALREADY_EXISTS;
      case 429:
        return RESOURCE_EXHAUSTED;
      case 499:
        return CANCELLED;
      case 500:
        return INTERNAL;
      case 501:
        return UNIMPLEMENTED;
      case 502:
      case 503:
        return UNAVAILABLE;
      case 504:
        return DEADLINE_EXCEEDED;
      default:
        return status >= 200 && status < 300
            ? OK
            : status >= 400 && status < 500 ? FAILED_PRECONDITION : UNKNOWN;
    }
  }
}
