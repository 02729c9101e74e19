package campana.server.store;

import campana.server.people.Person;
import campana.server.quota.QuotaRate;
import campana.server.space.Member;
import campana.server.space.Seat;
import campana.server.space.Space;
import campana.server.space.SpaceStore;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.store.Buckets;
import campana.store.Database;
import campana.store.Row;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Spaces and members in SQL.
public final class SqlSpaces implements SpaceStore {
  private static final String INSERT =
      """
      insert into space (bucket, space_id, display_name, space_type, threading, quota_interval,
                         quota_burst, create_time, delete_time, description)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing
      """;
  private static final String FIND = "select * from space where bucket = ? and space_id = ?";
  private static final String LIST =
      "select * from space where delete_time is null order by lower(display_name), space_id";
  private static final String LIST_FOR =
      """
      select s.* from space s join member m on m.bucket = s.bucket and m.space_id = s.space_id
       where m.person_id = ? and s.delete_time is null order by lower(s.display_name), s.space_id
      """;
  static final String PAGE =
      """
      select * from space where space_id > ? and delete_time is null order by space_id limit ?
      """;
  static final String PAGE_FOR =
      """
      select s.* from member m join space s on s.bucket = m.bucket and s.space_id = m.space_id
       where m.person_id = ? and m.space_id > ? and s.delete_time is null
       order by m.space_id limit ?
      """;
  private static final String IDS_FOR = "select space_id from member where person_id = ?";
  private static final String UPDATE =
      """
      update space set display_name = ?, description = ?, quota_interval = ?, quota_burst = ?,
                       delete_time = ?
       where bucket = ? and space_id = ?
      """;
  private static final String MEMBERS =
      """
      select m.space_id, m.manager, m.create_time as member_time, p.* from member m
        join person p on p.person_id = m.person_id where m.bucket = ? and m.space_id = ?
       order by m.manager desc, lower(p.display_name), p.person_id
      """;
  private static final String MEMBER =
      """
      select m.space_id, m.manager, m.create_time as member_time, p.* from member m
        join person p on p.person_id = m.person_id
       where m.bucket = ? and m.space_id = ? and m.person_id = ?
      """;
  private static final String TAKEN =
      """
      select m.space_id, m.person_id from member m
        join space s on s.bucket = m.bucket and s.space_id = m.space_id
       where s.delete_time is null and (m.bucket, m.space_id, m.person_id) in (values %s)
      """
          .formatted(Parts.holes("(?, ?, ?)"));
  private static final String PUT_MEMBER =
      """
      insert into member (bucket, space_id, person_id, manager, create_time) values (?, ?, ?, ?, ?)
      on conflict (bucket, space_id, person_id) do update set manager = excluded.manager
      """;
  private static final String REMOVE_MEMBER =
      "delete from member where bucket = ? and space_id = ? and person_id = ?";
  private static final String AUDIT =
      """
      insert into audit (bucket, space_id, audit_time, audit_id, actor, action, target)
      values (?, ?, ?, ?, ?, ?, ?)
      """;

  private final Database database;

  public SqlSpaces(Database database) {
    this.database = database;
  }

  @Override
  public boolean insert(Space space, List<Member> members) {
    var bucket = Buckets.of(space.id());
    return database.write(
        bucket,
        tx -> {
          var quota = space.quota();
          var inserted =
              tx.update(
                  INSERT,
                  bucket,
                  space.id(),
                  space.displayName(),
                  space.type().name(),
                  space.threading().name(),
                  quota == null ? null : micros(quota.interval()),
                  quota == null ? null : quota.burst(),
                  space.createTime(),
                  space.deleteTime(),
                  space.description());
          if (inserted == 0) {
            return false;
          }
          for (var member : members) {
            tx.update(
                PUT_MEMBER,
                bucket,
                space.id(),
                member.person().id(),
                member.manager(),
                member.createTime());
          }
          return true;
        });
  }

  @Override
  public <T> T alone(Supplier<T> work) {
    return database.alone(work);
  }

  @Override
  public Optional<Space> find(String id) {
    return database.read(tx -> tx.first(FIND, SqlSpaces::space, Buckets.of(id), id));
  }

  @Override
  public List<Space> list() {
    return database.read(tx -> tx.query(LIST, SqlSpaces::space));
  }

  @Override
  public List<Space> listFor(String personId) {
    return database.read(tx -> tx.query(LIST_FOR, SqlSpaces::space, personId));
  }

  @Override
  public List<Space> page(String personId, String after, int limit) {
    return database.read(tx ->
        personId.isEmpty()
            ? tx.query(PAGE, SqlSpaces::space, after, limit)
            : tx.query(PAGE_FOR, SqlSpaces::space, personId, after, limit));
  }

  @Override
  public Optional<Space> edit(String id, UnaryOperator<Space> edit) {
    var bucket = Buckets.of(id);
    return database.write(
        bucket,
        tx -> {
          var edited = tx.first(FIND, SqlSpaces::space, bucket, id).map(edit);
          edited.ifPresent(space -> {
            var quota = space.quota();
            tx.update(
                UPDATE,
                space.displayName(),
                space.description(),
                quota == null ? null : micros(quota.interval()),
                quota == null ? null : quota.burst(),
                space.deleteTime(),
                bucket,
                id);
          });
          return edited;
        });
  }

  @Override
  public List<Member> members(String spaceId) {
    return database.read(tx -> tx.query(MEMBERS, SqlSpaces::member, Buckets.of(spaceId), spaceId));
  }

  @Override
  public Optional<Member> member(String spaceId, String personId) {
    return database.read(
        tx -> tx.first(MEMBER, SqlSpaces::member, Buckets.of(spaceId), spaceId, personId));
  }

  @Override
  public Set<Seat> taken(Collection<Seat> seats) {
    var taken = new HashSet<Seat>();
    for (var part : Parts.of(seats)) {
      var args = new ArrayList<Object>();
      for (var seat : part) {
        Collections.addAll(args, Buckets.of(seat.spaceId()), seat.spaceId(), seat.personId());
      }
      taken.addAll(
          database.read(
              tx -> tx.query(TAKEN, row -> new Seat(row.text(1), row.text(2)), args.toArray())));
    }
    return taken;
  }

  @Override
  public void putMember(String spaceId, Person person, boolean manager, Instant now) {
    var bucket = Buckets.of(spaceId);
    database.write(bucket, tx -> tx.update(PUT_MEMBER, bucket, spaceId, person.id(), manager, now));
  }

  @Override
  public boolean removeMember(String spaceId, String personId) {
    var bucket = Buckets.of(spaceId);
    return database.write(bucket, tx -> tx.update(REMOVE_MEMBER, bucket, spaceId, personId) > 0);
  }

  @Override
  public List<String> idsFor(String personId) {
    return database.read(tx -> tx.query(IDS_FOR, row -> row.text(1), personId));
  }

  @Override
  public void audit(String spaceId, Instant when, String actor, String action, String target) {
    var id = UUID.randomUUID().toString().substring(0, 13);
    var bucket = Buckets.of(spaceId);
    database.write(
        bucket, tx -> tx.update(AUDIT, bucket, spaceId, when, id, actor, action, target));
  }

  private static long micros(Duration interval) {
    return interval.toNanos() / 1_000;
  }

  static Space space(Row row) {
    var interval = row.numberOrNull("quota_interval");
    var quota =
        interval == null
            ? null
            : new QuotaRate(
                Duration.ofNanos(interval * 1_000), Math.toIntExact(row.number("quota_burst")));
    return new Space(
        row.text("space_id"),
        row.text("display_name"),
        row.text("description"),
        SpaceType.valueOf(row.text("space_type")),
        ThreadingState.valueOf(row.text("threading")),
        quota,
        row.instant("create_time"),
        row.instantOrNull("delete_time"));
  }

  private static Member member(Row row) {
    return new Member(
        row.text("space_id"),
        SqlPeople.person(row),
        row.flag("manager"),
        row.instant("member_time"));
  }
}
