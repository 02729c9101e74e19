package campana.relay.outbox;

import java.util.Arrays;

/// What the far side said to one attempt.
///
/// @param status 0: it did not say any
/// @param reason in a few words, without secrets
/// @param body its beginning, at most [#KEPT] bytes
@SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
public record Answer(int status, String reason, byte[] body) {
  public static final int KEPT = 1000;

  public Answer {
    body = body.length > KEPT ? Arrays.copyOf(body, KEPT) : body;
  }

  public static Answer none(String reason) {
    return new Answer(0, reason, new byte[0]);
  }
}
