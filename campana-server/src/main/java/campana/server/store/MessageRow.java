package campana.server.store;

import campana.server.message.Message;
import campana.server.message.MessageIds;
import campana.store.Row;
import campana.wire.MessageReplyOption;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// Makes a message of a row.
final class MessageRow {
  /// In the order that [#of] reads them in.
  static final String COLUMNS =
      """
      select m.space_id, m.position, m.thread, m.webhook_id, m.create_time, m.content,
             m.thread_key, m.message_id, m.removed_by, coalesce(m.reply_option, 0), m.remove_time\
      """;

  /// By the wire's number.
  private static final List<MessageReplyOption> OPTIONS = List.of(MessageReplyOption.values());

  private MessageRow() {}

  static Message of(MessageIds ids, Row row) {
    var spaceId = row.text(1);
    var position = row.number(2);
    var thread = row.number(3);
    var removedBy = row.textOrNull(9);
    var names = ids.names(spaceId, thread, position);
    return new Message(
        spaceId,
        position,
        thread,
        names.message(),
        names.thread(),
        row.text(4),
        Instant.ofEpochMilli(row.number(5)),
        row.bytes(6),
        Objects.requireNonNullElse(row.textOrNull(7), ""),
        OPTIONS.get((int) row.number(10)),
        Objects.requireNonNullElse(row.textOrNull(8), ""),
        removedBy,
        removedBy == null ? null : Instant.ofEpochMilli(row.number(11)));
  }
}
