package campana.client;

import campana.wire.RpcCode;

/** Why a message was sent, or was not. More may be added: a switch needs a default. */
public enum Reason {
  /** The far side took it. */
  SENT(RpcCode.OK, false),

  /** 400: the message or a parameter breaks a rule of the wire; also an unknown API key. */
  INVALID(RpcCode.INVALID_ARGUMENT, false),

  /** 401: the credential is missing or not known. */
  UNAUTHENTICATED(RpcCode.UNAUTHENTICATED, false),

  /** 403: a wrong token, a deleted webhook, or a policy. */
  PERMISSION_DENIED(RpcCode.PERMISSION_DENIED, false),

  /** 404: no such space, or no such thread for a reply that must not open one. */
  NOT_FOUND(RpcCode.NOT_FOUND, false),

  /** 409: the messageId is taken. */
  ALREADY_EXISTS(RpcCode.ALREADY_EXISTS, false),

  /** More bytes than a message may have; refused here or, as 413, over there. */
  TOO_LARGE(RpcCode.INVALID_ARGUMENT, false),

  /**
   * Any other status that no second try changes: other 4xx, and redirects, which are not followed.
   */
  REFUSED(RpcCode.FAILED_PRECONDITION, false),

  /** 429: over the space's quota, and still so at the last attempt. */
  QUOTA(RpcCode.RESOURCE_EXHAUSTED, true),

  /** 408 or 5xx at the last attempt. */
  UNAVAILABLE(RpcCode.UNAVAILABLE, true),

  /** The connection never came about: surely not stored. */
  UNREACHABLE(RpcCode.UNAVAILABLE, true),

  /** The far side's TLS certificate is not to be trusted: nothing was sent. */
  UNTRUSTED(RpcCode.FAILED_PRECONDITION, false),

  /** The request left, and no answer came: perhaps stored. */
  NO_ANSWER(RpcCode.DEADLINE_EXCEEDED, true),

  /** As many messages wait for this space as may: this one was not queued. */
  QUEUE_FULL(RpcCode.RESOURCE_EXHAUSTED, true),

  /** Its deadline passed, or is sure to pass, before its first attempt. */
  DEADLINE(RpcCode.DEADLINE_EXCEEDED, true),

  /** The waiting thread was interrupted. */
  CANCELLED(RpcCode.CANCELLED, false),

  /** The client was closed before it could be sent. */
  CLOSED(RpcCode.CANCELLED, false);

  private final RpcCode code;
  private final boolean retryable;

  Reason(RpcCode code, boolean retryable) {
    this.code = code;
    this.retryable = retryable;
  }

  /** The code to report where the far side gave none. */
  public RpcCode code() {
    return code;
  }

  /** Whether the same message may pass later. */
  public boolean retryable() {
    return retryable;
  }

  /** What an HTTP status means here, 100 to 599. */
  static Reason ofHttp(int status) {
    switch (status) {
      case 400:
        return INVALID;
      case 401:
        return UNAUTHENTICATED;
      case 403:
        return PERMISSION_DENIED;
      case 404:
        return NOT_FOUND;
      case 408:
        return UNAVAILABLE;
      case 409:
        return ALREADY_EXISTS;
      case 413:
        return TOO_LARGE;
      case 429:
        return QUOTA;
      default:
        return status >= 200 && status < 300 ? SENT : status >= 500 ? UNAVAILABLE : REFUSED;
    }
  }
}
