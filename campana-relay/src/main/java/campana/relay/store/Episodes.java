package campana.relay.store;

import campana.relay.outbox.Credential;
import campana.relay.outbox.Episode;
import campana.relay.outbox.Strands;
import campana.store.Row;
import campana.store.Tx;
import java.util.ArrayList;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The newest episode of each subject. What was heard last is in memory, see [Filing].
final class Episodes {
  private static final String FIND =
      """
      select number, thread_key, worst, standing, title, opened_at, heard_at, closed_at, strand
        from episode where bucket = ? and lane = ? and route = ? and subject = ?\
      """;
  private static final String WRITE =
      """
      insert into episode (bucket, lane, route, subject, number, thread_key, worst, standing, title,
          opened_at, heard_at, closed_at, strand)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (bucket, lane, route, subject) do update set number = excluded.number,
          thread_key = excluded.thread_key, worst = excluded.worst,
          standing = excluded.standing, title = excluded.title,
          opened_at = excluded.opened_at,
          heard_at = excluded.heard_at, closed_at = excluded.closed_at,
          strand = excluded.strand\
      """;

  private final Later<Kept> later = new Later<>();

  /// @param title of what was heard last
  /// @param strand 0: made from the key
  record Kept(Episode episode, String title, long strand) {
    private static Kept of(Row row) {
      return new Kept(
          new Episode(
              row.number("number"),
              row.text("thread_key"),
              Codes.SEVERITY.at(row.number("worst")),
              row.text("standing"),
              row.instant("opened_at"),
              row.instant("heard_at"),
              row.instantOrNull("closed_at")),
          row.text("title"),
          row.number("strand"));
    }

    long strand(Credential credential) {
      return strand == 0 ? Strands.key(credential, episode.threadKey()) : strand;
    }
  }

  @Nullable Kept find(Tx tx, LaneRow lane, String route, byte[] subject) {
    var heard = later.find(LaterKey.of(lane, route, subject));
    return heard != null
        ? heard
        : tx.first(FIND, Kept::of, lane.bucket, lane.lane.id(), route, subject).orElse(null);
  }

  void keep(LaneRow lane, String route, byte[] subject, Kept kept) {
    later.put(LaterKey.of(lane, route, subject), kept);
  }

  /// What is not in the table yet.
  Map<LaterKey, Kept> unwritten() {
    return later.copy();
  }

  void recover(Row row) {
    var episode =
        new Episode(
            row.number("episode"),
            row.text("thread_key"),
            Codes.SEVERITY.at(row.number("worst")),
            row.text("standing"),
            row.instant("opened_at"),
            row.instant("accepted_at"),
            row.instantOrNull("closed_at"));
    later.recover(
        LaterKey.of(row, row.text("route"), row.bytes("subject")),
        new Kept(episode, row.text("title"), row.number("strand")));
  }

  void begin() {
    later.begin();
  }

  /// @return how many of `most` are left over
  int write(Tx tx, int most) {
    return later.write(most, (key, kept) -> tx.update(WRITE, row(key, kept)));
  }

  /// All that is not written yet, sent together.
  void writeAll(Tx tx) {
    var rows = new ArrayList<@Nullable Object[]>();
    later.begin();
    later.write(Integer.MAX_VALUE, (key, kept) -> rows.add(row(key, kept)));
    tx.updateAll(WRITE, rows);
  }

  private static @Nullable Object[] row(LaterKey key, Kept kept) {
    var episode = kept.episode;
    return new @Nullable Object[] {
      key.bucket(),
      key.lane(),
      key.name(),
      key.hash(),
      episode.number(),
      episode.threadKey(),
      Codes.SEVERITY.of(episode.worst()),
      episode.standing(),
      kept.title,
      episode.openedAt(),
      episode.heardAt(),
      episode.closedAt(),
      kept.strand
    };
  }

  void committed() {
    later.committed();
  }

  void rolledBack(boolean begun) {
    later.rolledBack(begun);
  }
}
