package campana.server.store;

import campana.store.Buckets;
import campana.store.Columns;
import campana.store.Lookup;
import campana.store.Row;
import campana.store.Tx;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/// Where spaces end, as their newest messages tell it. Of a space whose newest message grew too old
/// its row in `space_head` does, so that positions never start again.
final class Ends {
  private static final String END =
      """
      select w.space_id, m.position, m.quota_state, h.position, h.quota_state
      """;
  private static final String NEWEST =
      """
      (select position, quota_state from message n
        where n.bucket = %s and n.space_id = w.space_id
        order by n.position desc limit 1) m on true
      """;
  private static final Lookup ALL =
      new Lookup(
          END
              + "  from unnest(?::smallint[], ?::text[]) as w (bucket, space_id)\n"
              + "  left join lateral "
              + NEWEST.formatted("w.bucket")
              + "  left join space_head h on h.bucket = w.bucket and h.space_id = w.space_id",
          END
              + "  from unnest(?::text[]) as w (space_id)\n"
              + "  left join lateral "
              + NEWEST.formatted("?")
              + "  left join space_head h on h.bucket = ? and h.space_id = w.space_id",
          2);

  private Ends() {}

  /// A space's last position, 0 where nothing was ever posted, and what that left of its quota.
  record End(String spaceId, long position, long quotaState) {
    private static End of(Row row) {
      var newest = row.number(2);
      var noted = row.number(4);
      return newest >= noted && row.numberOrNull(3) != null
          ? new End(row.text(1), newest, row.number(3))
          : new End(row.text(1), Math.max(newest, noted), row.number(5));
    }
  }

  static List<End> of(Tx tx, Collection<String> spaceIds) {
    return ALL.query(
        tx, End::of, spaceIds, Buckets::of, some -> Columns.texts(some, spaceId -> spaceId));
  }

  static Optional<End> of(Tx tx, String spaceId) {
    return of(tx, List.of(spaceId)).stream().findFirst();
  }
}
