package campana.relay.store;

import campana.relay.outbox.Credential;
import campana.relay.outbox.Episode;
import campana.relay.outbox.Strands;
import campana.store.Row;
import campana.store.Tx;
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

  static final String KEYS = "select subject from episode";

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

  @Nullable Kept find(Tx tx, LaterKey key) {
    var heard = later.find(key);
    return heard != null || later.isNew(key)
        ? heard
        : tx.first(FIND, Kept::of, key.bucket(), key.lane(), key.name(), key.hash()).orElse(null);
  }

  void keep(LaterKey key, Kept kept) {
    later.put(key, kept);
  }

  Later<?> rows() {
    return later;
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

  /// How many of the round are not written.
  int left() {
    return later.left();
  }

  /// @return how many of `most` are left over
  int write(Tx tx, int most) {
    return later.write(tx, most, WRITE, Episodes::row);
  }

  /// All that is not written yet.
  void writeAll(Tx tx) {
    later.begin();
    write(tx, Integer.MAX_VALUE);
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
