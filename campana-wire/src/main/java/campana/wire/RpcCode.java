package campana.wire;

/** The codes of google.rpc.Code with their HTTP twins (docs/protocol.md, «Errors»). */
public enum RpcCode {
  OK(0, 200),
  CANCELLED(1, 499),
  UNKNOWN(2, 500),
  INVALID_ARGUMENT(3, 400),
  DEADLINE_EXCEEDED(4, 504),
  NOT_FOUND(5, 404),
  ALREADY_EXISTS(6, 409),
  PERMISSION_DENIED(7, 403),
  RESOURCE_EXHAUSTED(8, 429),
  FAILED_PRECONDITION(9, 400),
  ABORTED(10, 409),
  OUT_OF_RANGE(11, 400),
  UNIMPLEMENTED(12, 501),
  INTERNAL(13, 500),
  UNAVAILABLE(14, 503),
  DATA_LOSS(15, 500),
  UNAUTHENTICATED(16, 401);

  private final int number;
  private final int httpStatus;

  RpcCode(int number, int httpStatus) {
    this.number = number;
    this.httpStatus = httpStatus;
  }

  /** The canonical number, 0 to 16. */
  public int number() {
    return number;
  }

  /** The HTTP status that carries this code, 200 to 504. */
  public int httpStatus() {
    return httpStatus;
  }

  /**
   * The code to assume when only an HTTP status is known, as with an HTML body.
   *
   * @param status any HTTP status
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
