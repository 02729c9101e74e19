package campana.server.message;

import campana.wire.MessageReplyOption;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A stored message.
///
/// @param position from 1, consecutive within the space, in commit order
/// @param thread position of the message that opened its thread; equal to `position` for that one
/// @param name `spaces/S/messages/T.M`
/// @param threadName `spaces/S/threads/T`
/// @param webhookId who posted it
/// @param content compact UTF-8 JSON as [campana.form.Draft#content()]; empty once removed
/// @param threadKey the key this message was posted with, empty where none
/// @param option the reply option this message was posted with
/// @param messageId the sender's own id (`client-…`), empty where none
/// @param removedBy display name of who removed it; null while it stands
/// @param removeTime when; null while it stands
public record Message(
    String spaceId,
    long position,
    long thread,
    String name,
    String threadName,
    String webhookId,
    Instant createTime,
    byte[] content,
    String threadKey,
    MessageReplyOption option,
    String messageId,
    @Nullable String removedBy,
    @Nullable Instant removeTime) {

  /// Whether it answers an earlier message of its thread.
  public boolean reply() {
    return thread != position;
  }

  /// Whether a key came without a reply option, so that it opened a thread whatever stood under it.
  public boolean keyWithoutOption() {
    return !threadKey.isEmpty() && option == MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED;
  }
}
