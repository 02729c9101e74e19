package campana.form;

import campana.wire.MessageReplyOption;

/// A post that may be stored, as far as its own words decide that. In texts `""` means absent.
///
/// @param text the message's text, exactly as sent; may be empty when there are cards
/// @param content what is stored and drawn, one compact JSON object in UTF-8: `text`,
///   `fallbackText`, `cardsV2`, `cards`, `accessoryWidgets`, `markupSyntax`, each only when it says
///   something. Not copied: who gets it must not write into it.
/// @param threadKey the sender's key of the thread, at most 4000 code points; the body's key before
///   the query's
/// @param threadName the thread's name as sent, not judged: it depends on the space
/// @param option what to do when the thread does not exist
/// @param requestId the sender's id of this request, at most 255 code points
/// @param messageId the sender's id of the message, in its one valid form
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; a copy per post would be waste
public record Draft(
    String text,
    byte[] content,
    String threadKey,
    String threadName,
    MessageReplyOption option,
    String requestId,
    String messageId) {}
