package campana.relay.outbox;

import java.util.function.Supplier;

/// A message as JSON, ready to send but for its thread.
///
/// @param quiet without a mention
/// @param loud with it: taken for an episode's first message and on escalation; the same array
///   where nobody is mentioned
/// @param again shorter: taken where its episode was told the very same before, and made then, as
///   hardly any ever is; on the thread that stores it
@SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
public record Body(byte[] quiet, byte[] loud, Supplier<byte[]> again) {
  /// How a message is worded.
  public enum Voice {
    QUIET,
    LOUD,
    AGAIN
  }

  public static Body of(byte[] json) {
    return new Body(json, json, () -> json);
  }

  public byte[] in(Voice voice) {
    return switch (voice) {
      case QUIET -> quiet;
      case LOUD -> loud;
      case AGAIN -> again.get();
    };
  }
}
