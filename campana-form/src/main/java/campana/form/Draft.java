package campana.form;

import campana.wire.MessageReplyOption;

/// What a sender asks for, checked and in one shape, whichever way it was said.
///
/// @param text the message's text, empty where it has only cards
/// @param content compact UTF-8 JSON of the message as it is kept: proto JSON names, fields in a
///   fixed order, nothing that only the server may fill
/// @param threadKey empty where none was sent; the body's wins over the query's
/// @param threadName `thread.name` as sent, not yet judged; empty where none was sent
/// @param requestId empty where none was sent
/// @param messageId `client-…`, empty where none was sent
public record Draft(
    String text,
    byte[] content,
    String threadKey,
    String threadName,
    MessageReplyOption option,
    String requestId,
    String messageId) {}
