package campana.server.store;

import campana.store.Buckets;
import campana.store.Row;
import campana.store.Tx;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds a space's messages in the log by their positions: along the steps in memory, then from row
/// to row. No index has to be kept for that. A row that is missing was taken by retention, and with
/// it all that were older.
final class Trail {
  private static final String HEAD =
      "select position, quota_state, path from space_head where bucket = ? and space_id = ?";
  private static final String LINKS = "select previous, jump from message where entry = ?";

  /// How a space stood when it was last filed.
  ///
  /// @param head null where nothing was ever posted
  record Filed(@Nullable Step head, long quotaState) {
    static final Filed NOTHING = new Filed(null, 0);
  }

  private record Links(long previous, long jump) {}

  private Trail() {}

  static Filed filed(Tx tx, String spaceId) {
    Row.Mapper<Filed> made = row -> new Filed(Step.of(row.number(1), row.text(3)), row.number(2));
    return tx.first(HEAD, made, Buckets.of(spaceId), spaceId).orElse(Filed.NOTHING);
  }

  /// Where the message at `position` stands in the log.
  ///
  /// @return 0 where none is there; perhaps an entry that retention took
  static long entry(Tx tx, @Nullable Step head, long position) {
    if (head == null || position < 1 || position > head.position()) {
      return 0;
    }
    var step = head;
    while (step.jump() != null && step.jump().position() >= position) {
      step = step.jump();
    }
    var at = step.position();
    var entry = step.entry();
    while (at > position && entry > 0) {
      var links = links(tx, entry);
      var further = Step.jumpFrom(at);
      if (links.isEmpty()) {
        return 0;
      } else if (further >= position) {
        at = further;
        entry = links.get().jump();
      } else {
        at--;
        entry = links.get().previous();
      }
    }
    return entry;
  }

  private static Optional<Links> links(Tx tx, long entry) {
    return tx.first(LINKS, row -> new Links(row.number(1), row.number(2)), entry);
  }
}
