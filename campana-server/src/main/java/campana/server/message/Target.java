package campana.server.message;

import campana.wire.MessageReplyOption;
import org.jspecify.annotations.Nullable;

/// Which thread a post goes to (docs/protocol.md, «Threads»).
///
/// @param thread position of its opener; 0: a new one; below 0: nowhere
/// @param bind whether the post's key leads to that thread from now on
record Target(long thread, boolean bind) {
  static final Target NEW = new Target(0, false);
  static final Target NEW_AND_BOUND = new Target(0, true);
  static final Target NOWHERE = new Target(-1, false);

  /// Name wins over key. A key that this webhook has not used yet is bound to the thread it opens,
  /// also without an option, so that «start, then reply with the same key» works however one
  /// starts.
  ///
  /// @param key null where none was sent
  /// @param startMissing the setting `missing-thread: start`
  static Target choose(
      Ledger.Sheet sheet,
      MessageReplyOption option,
      ThreadName name,
      @Nullable Fingerprint key,
      boolean startMissing) {
    var byKey = key == null ? 0 : sheet.threadOfKey(key);
    var fresh = key != null && byKey == 0 ? NEW_AND_BOUND : NEW;
    if (option == MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED) {
      return fresh;
    }
    var orFail = option == MessageReplyOption.REPLY_MESSAGE_OR_FAIL;
    if (name instanceof ThreadName.Named(var position)) {
      if (position > 0 && sheet.threadStands(position)) {
        return new Target(position, false);
      }
      if (orFail) {
        return NOWHERE;
      }
    }
    if (byKey > 0) {
      return new Target(byKey, false);
    }
    return orFail && !(startMissing && key != null) ? NOWHERE : fresh;
  }
}
