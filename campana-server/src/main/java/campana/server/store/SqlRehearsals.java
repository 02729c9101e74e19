package campana.server.store;

import campana.server.rehearsal.Fault;
import campana.server.rehearsal.Rehearsal;
import campana.server.rehearsal.RehearsalStore;
import campana.store.Database;
import campana.store.Row;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/// Rehearsals in SQL.
public final class SqlRehearsals implements RehearsalStore {
  private static final String ALL = "select * from rehearsal";
  private static final String PUT =
      """
      insert into rehearsal (space_id, fault, rate, posts_left, start_time, end_time)
      values (?, ?, ?, ?, ?, ?)
      on conflict (space_id) do update set fault = excluded.fault, rate = excluded.rate,
        posts_left = excluded.posts_left, start_time = excluded.start_time,
        end_time = excluded.end_time
      """;
  private static final String REMOVE = "delete from rehearsal where space_id = ?";
  private static final String TAKE =
      """
      update rehearsal set posts_left = posts_left - 1
       where space_id = ? and start_time = ? and posts_left > 0
      """;
  private static final String LEFT = "select posts_left from rehearsal where space_id = ?";
  private static final String CLEAR = "delete from rehearsal";

  private final Database database;

  public SqlRehearsals(Database database) {
    this.database = database;
  }

  @Override
  public Map<String, Rehearsal> all() {
    var all = new LinkedHashMap<String, Rehearsal>();
    database
        .read(tx -> tx.query(ALL, row -> Map.entry(row.text("space_id"), rehearsal(row))))
        .forEach(entry -> all.put(entry.getKey(), entry.getValue()));
    return all;
  }

  @Override
  public void put(String spaceId, Rehearsal rehearsal) {
    database.write(tx ->
        tx.update(
            PUT,
            spaceId,
            rehearsal.fault().word(),
            rehearsal.rate(),
            rehearsal.left(),
            rehearsal.startTime(),
            rehearsal.endTime()));
  }

  @Override
  public boolean remove(String spaceId) {
    return database.write(tx -> tx.update(REMOVE, spaceId)) > 0;
  }

  @Override
  public OptionalInt take(String spaceId, Rehearsal rehearsal) {
    return database.write(tx -> {
      if (tx.update(TAKE, spaceId, rehearsal.startTime()) == 0) {
        return OptionalInt.empty();
      }
      var left = tx.first(LEFT, row -> (int) row.number(1), spaceId).orElse(0);
      if (left == 0) {
        tx.update(REMOVE, spaceId);
      }
      return OptionalInt.of(left);
    });
  }

  @Override
  public void clear() {
    database.write(tx -> tx.update(CLEAR));
  }

  private static Rehearsal rehearsal(Row row) {
    var left = row.numberOrNull("posts_left");
    return new Rehearsal(
        Fault.of(row.text("fault")).orElse(Fault.UNAVAILABLE),
        (int) row.number("rate"),
        left == null ? null : left.intValue(),
        row.instant("start_time"),
        row.instantOrNull("end_time"));
  }
}
