package campana.relay.outbox;

/// A message as JSON, ready to send but for its thread.
///
/// @param quiet without a mention
/// @param loud with it: taken for an episode's first message and on escalation; the same array
///   where nobody is mentioned
/// @param again shorter: taken where its episode was told the very same before
@SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
public record Body(byte[] quiet, byte[] loud, byte[] again) {
  /// How a message is worded.
  public enum Voice {
    QUIET,
    LOUD,
    AGAIN
  }

  public static Body of(byte[] json) {
    return new Body(json, json, json);
  }

  public byte[] in(Voice voice) {
    return switch (voice) {
      case QUIET -> quiet;
      case LOUD -> loud;
      case AGAIN -> again;
    };
  }
}
