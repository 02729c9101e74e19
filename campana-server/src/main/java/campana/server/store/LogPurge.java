package campana.server.store;

import campana.store.Tx;
import java.util.List;

/// A space's messages in the log, from the newest on, since each leads to older ones. Its head
/// tells where to go on.
final class LogPurge implements SpacePurge.Messages {
  private static final String PREVIOUS = "select previous from message where entry = ?";
  private static final String DELETE = "delete from message where entry = ?";
  private static final String HEAD =
      "update space_head set path = ? where bucket = ? and space_id = ?"; // where to go on

  private static final List<String> INDEXES =
      List.of(
          """
          delete from reply_at where bucket = ? and space_id = ? and (thread, position) in
           (select thread, position from reply_at
             where bucket = ? and space_id = ? limit ?)\
          """,
          """
          delete from message_alias where bucket = ? and space_id = ? and message_id in
           (select message_id from message_alias
             where bucket = ? and space_id = ? limit ?)\
          """);

  private final Tail tail;

  LogPurge(Tail tail) {
    this.tail = tail;
  }

  @Override
  public boolean atRest(String space) {
    var shelf = tail.shelf(space);
    return shelf == null || shelf.filed();
  }

  @Override
  public int delete(Tx tx, int bucket, String space, int most) {
    var head = Trail.filed(tx, space).head();
    var entry = head == null ? 0 : head.entry();
    var deleted = 0;
    for (; deleted < most; deleted++) {
      var previous = tx.first(PREVIOUS, row -> row.number(1), entry);
      if (previous.isEmpty()) {
        break;
      }
      tx.update(DELETE, entry);
      entry = previous.get();
    }
    tx.update(HEAD, Long.toString(entry), bucket, space);
    return deleted;
  }

  @Override
  public List<String> indexes() {
    return INDEXES;
  }

  @Override
  public void forget(String space) {
    tail.forget(space);
  }
}
