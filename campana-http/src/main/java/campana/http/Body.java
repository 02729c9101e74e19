package campana.http;

import campana.wire.RpcCode;
import campana.wire.RpcStatus;

/// What became of reading a request's body; see [Bodies].
public sealed interface Body {
  /// The whole body, any gzip undone.
  ///
  /// @param bytes possibly none; the caller's own
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and a copy would cost each post
  record Complete(byte[] bytes) implements Body {
    @Override
    public String toString() {
      return "Complete[" + bytes.length + " bytes]"; // a body may hold secrets
    }
  }

  /// There is no body to work with. [#status()] is what to answer; [Answers#refused] does it.
  sealed interface Refused extends Body {
    /// The error that tells the client.
    RpcStatus status();
  }

  /// More bytes than `cap`, as sent or once inflated.
  record TooLarge(int cap) implements Refused {
    @Override
    public RpcStatus status() {
      return RpcStatus.of(
          RpcCode.INVALID_ARGUMENT, "Request payload size exceeds the limit: " + cap + " bytes.");
    }
  }

  /// Said to be gzip, and is not, or is cut off.
  record CorruptGzip() implements Refused {
    @Override
    public RpcStatus status() {
      return RpcStatus.of(RpcCode.INVALID_ARGUMENT, "Failed to decompress request body: not gzip.");
    }
  }

  /// A `Content-Encoding` other than gzip and identity.
  record UnknownEncoding(String name) implements Refused {
    @Override
    public RpcStatus status() {
      return RpcStatus.of(
          RpcCode.INVALID_ARGUMENT, "Unsupported Content-Encoding; send gzip, or none.");
    }
  }

  /// The sender took longer than [HttpSettings.Patience#body()].
  record Late() implements Refused {
    @Override
    public RpcStatus status() {
      return RpcStatus.of(
          RpcCode.DEADLINE_EXCEEDED, 408, "The request body did not arrive in time.");
    }
  }

  /// The client went away, or its chunks are no chunks. An answer reaches it at best by luck.
  record Broken() implements Refused {
    @Override
    public RpcStatus status() {
      return RpcStatus.of(RpcCode.INVALID_ARGUMENT, "The request body is incomplete.");
    }
  }
}
