package campana.server.message;

import campana.wire.MessageReplyOption;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where posts are entered: one decision at a time, in order of arrival, each with all that was
/// entered before it in sight.
public interface Ledger {
  /// Runs `decision` on the space's sheet and gives out its answer once everything it saw and
  /// entered is on disk.
  ///
  /// @param wants all that it may ask the sheet for, so that it can be read for many at once
  Posted decide(String spaceId, Wants wants, Decision decision);

  /// What a decision will look up; null, 0 or empty where it will not.
  ///
  /// @param thread a position
  record Wants(
      @Nullable Fingerprint request, @Nullable Fingerprint key, long thread, String messageId) {}

  /// Looks at the sheet, enters at most one message, and says what to answer. May run again when
  /// the transaction it was part of is rolled back.
  @FunctionalInterface
  interface Decision {
    Supplier<Posted> on(Sheet sheet);
  }

  /// Where a message stands: its position, and that of its thread's opener.
  record Place(long position, long thread) {}

  /// A message to be entered.
  ///
  /// @param thread position of the opener of its thread; 0: it opens one
  /// @param quotaState of the space from now on
  /// @param binds the key that leads to its thread from now on
  record Entry(
      long thread,
      String webhookId,
      Instant createTime,
      long quotaState,
      String threadKey,
      MessageReplyOption option,
      @Nullable Fingerprint binds,
      String requestId,
      @Nullable Fingerprint request,
      String messageId,
      byte[] content) {}

  /// One space's messages, as a decision sees them. Valid only inside it.
  interface Sheet {
    /// What was entered under this request id; null where nothing was.
    @Nullable Place request(Fingerprint request);

    /// The thread that a key leads to, while a message of it stands; 0 otherwise.
    long threadOfKey(Fingerprint key);

    /// Whether a message opened a thread there, and one of that thread stands.
    boolean threadStands(long position);

    boolean messageIdTaken(String messageId);

    /// As the last message left it; 0 at first.
    long quotaState();

    Place enter(Entry entry);
  }
}
