package campana.relay.outbox;

/// A message as JSON, ready to send but for its thread.
///
/// @param quiet without a mention
/// @param loud with it: taken for an episode's first message and on escalation; the same array
///   where nobody is mentioned
@SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
public record Body(byte[] quiet, byte[] loud) {
  public static Body of(byte[] json) {
    return new Body(json, json);
  }
}
