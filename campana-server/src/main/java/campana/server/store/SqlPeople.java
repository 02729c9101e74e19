package campana.server.store;

import campana.server.people.ApiToken;
import campana.server.people.PeopleStore;
import campana.server.people.Person;
import campana.store.Database;
import campana.store.Row;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// People, and what lets them in, in SQL.
public final class SqlPeople implements PeopleStore {
  private static final String INSERT =
      """
      insert into person (person_id, email, display_name, owner, chat_apps, language, create_time)
      values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
      """;
  private static final String BY_ID = "select * from person where person_id = ?";
  private static final String BY_EMAIL = "select * from person where email = ?";
  private static final String LIST = "select * from person order by create_time, person_id";
  private static final String EMAIL_TAKEN =
      "select 1 from person where email = ? and email <> '' and person_id <> ?";
  private static final String UPDATE =
      """
      update person set email = ?, display_name = ?, owner = ?, chat_apps = ?, language = ?
       where person_id = ?
      """;
  private static final String OTHER_OWNERS =
      "select count(*) from person where owner = 1 and person_id <> ?";
  private static final List<String> REMOVE =
      List.of(
          "delete from member where person_id = ?",
          "delete from session where person_id = ?",
          "delete from sign_in_link where person_id = ?",
          "delete from api_token where person_id = ?",
          "delete from person where person_id = ?");
  private static final String PASSWORD = "select password_hash from person where person_id = ?";
  private static final String SET_PASSWORD =
      "update person set password_hash = ? where person_id = ?";
  private static final String INSERT_LINK =
      "insert into sign_in_link (token_hash, person_id, expire_time) values (?, ?, ?)";
  private static final String LINK =
      """
      select p.* from sign_in_link l join person p on p.person_id = l.person_id
       where l.token_hash = ? and l.expire_time > ?
      """;
  private static final String DELETE_LINK = "delete from sign_in_link where token_hash = ?";
  private static final String INSERT_SESSION =
      "insert into session (token_hash, person_id, create_time, expire_time) values (?, ?, ?, ?)";
  private static final String SESSION =
      """
      select p.* from session s join person p on p.person_id = s.person_id
       where s.token_hash = ? and s.expire_time > ?
      """;
  private static final String SESSIONS =
      """
      select s.token_hash, p.* from session s join person p on p.person_id = s.person_id
       where s.expire_time > ? and s.token_hash in (%s)
      """
          .formatted(Parts.holes("?"));
  private static final String DELETE_SESSION = "delete from session where token_hash = ?";
  private static final String DELETE_SESSIONS_OF = "delete from session where person_id = ?";
  private static final String INSERT_TOKEN =
      """
      insert into api_token (token_id, token_hash, display_name, person_id, create_time)
      values (?, ?, ?, ?, ?)
      """;
  private static final String TOKENS =
      """
      select * from api_token where ? in ('', person_id) order by create_time desc, token_id
      """;
  private static final String BY_TOKEN =
      """
      select p.* from api_token t join person p on p.person_id = t.person_id
       where t.token_hash = ?
      """;
  private static final String DELETE_TOKEN =
      "delete from api_token where token_id = ? and ? in ('', person_id)";
  private static final String FAILURES =
      "select failures, fail_time from sign_in_failure where email_hash = ?";
  private static final String ADD_FAILURE =
      """
      insert into sign_in_failure (email_hash, failures, fail_time) values (?, 1, ?)
      on conflict (email_hash) do update set fail_time = excluded.fail_time,
        failures = case when sign_in_failure.fail_time < ? then 1
                        else sign_in_failure.failures + 1 end
      """;
  private static final String DELETE_FAILURES = "delete from sign_in_failure where email_hash = ?";

  private final Database database;

  public SqlPeople(Database database) {
    this.database = database;
  }

  @Override
  public boolean insert(Person person) {
    return database.write(tx ->
        tx.update(
                INSERT,
                person.id(),
                person.email(),
                person.displayName(),
                person.owner(),
                person.chatApps(),
                person.language(),
                person.createTime())
            > 0);
  }

  @Override
  public Optional<Person> byId(String id) {
    return database.read(tx -> tx.first(BY_ID, SqlPeople::person, id));
  }

  @Override
  public Optional<Person> byEmail(String email) {
    return database.read(tx -> tx.first(BY_EMAIL, SqlPeople::person, email));
  }

  @Override
  public List<Person> list() {
    return database.read(tx -> tx.query(LIST, SqlPeople::person));
  }

  @Override
  public boolean update(Person person) {
    return database.write(tx -> {
      if (tx.first(EMAIL_TAKEN, row -> row.number(1), person.email(), person.id()).isPresent()) {
        return false;
      }
      tx.update(
          UPDATE,
          person.email(),
          person.displayName(),
          person.owner(),
          person.chatApps(),
          person.language(),
          person.id());
      return true;
    });
  }

  @Override
  public boolean remove(String id) {
    return database.write(tx -> {
      var person = tx.first(BY_ID, SqlPeople::person, id);
      var others = tx.first(OTHER_OWNERS, row -> row.number(1), id).orElse(0L);
      if (person.isEmpty() || (person.get().owner() && others == 0)) {
        return false;
      }
      REMOVE.forEach(sql -> tx.update(sql, id));
      return true;
    });
  }

  @Override
  public Optional<String> passwordHash(String id) {
    return database
        .read(tx -> tx.first(PASSWORD, row -> Optional.ofNullable(row.textOrNull(1)), id))
        .flatMap(hash -> hash);
  }

  @Override
  public void setPasswordHash(String id, String hash) {
    database.write(tx -> tx.update(SET_PASSWORD, hash, id));
  }

  @Override
  public void insertLink(String hash, String personId, Instant expireTime) {
    database.write(tx -> tx.update(INSERT_LINK, hash, personId, expireTime));
  }

  @Override
  public Optional<Person> takeLink(String hash, Instant now) {
    return database.write(tx -> {
      var person = tx.first(LINK, SqlPeople::person, hash, now);
      tx.update(DELETE_LINK, hash);
      return person;
    });
  }

  @Override
  public Optional<Person> peekLink(String hash, Instant now) {
    return database.read(tx -> tx.first(LINK, SqlPeople::person, hash, now));
  }

  @Override
  public void insertSession(String hash, String personId, Instant now, Instant expireTime) {
    database.write(tx -> tx.update(INSERT_SESSION, hash, personId, now, expireTime));
  }

  @Override
  public Optional<Person> session(String hash, Instant now) {
    return database.read(tx -> tx.first(SESSION, SqlPeople::person, hash, now));
  }

  @Override
  public Map<String, Person> sessions(Collection<String> hashes, Instant now) {
    var people = new HashMap<String, Person>();
    for (var part : Parts.of(hashes)) {
      var args = Stream.concat(Stream.of(now), part.stream()).toArray();
      database
          .read(
              tx -> tx.query(SESSIONS, row -> Map.entry(row.text("token_hash"), person(row)), args))
          .forEach(session -> people.put(session.getKey(), session.getValue()));
    }
    return people;
  }

  @Override
  public void removeSession(String hash) {
    database.write(tx -> tx.update(DELETE_SESSION, hash));
  }

  @Override
  public void removeSessionsOf(String personId) {
    database.write(tx -> tx.update(DELETE_SESSIONS_OF, personId));
  }

  @Override
  public void insertToken(ApiToken token, String hash) {
    database.write(tx ->
        tx.update(
            INSERT_TOKEN,
            token.id(),
            hash,
            token.displayName(),
            token.personId(),
            token.createTime()));
  }

  @Override
  public List<ApiToken> tokens(String personId) {
    return database.read(tx -> tx.query(TOKENS, SqlPeople::token, personId));
  }

  @Override
  public Optional<Person> byToken(String hash) {
    return database.read(tx -> tx.first(BY_TOKEN, SqlPeople::person, hash));
  }

  @Override
  public boolean removeToken(String id, String personId) {
    return database.write(tx -> tx.update(DELETE_TOKEN, id, personId) > 0);
  }

  @Override
  public Optional<Failures> failures(String emailHash) {
    return database.read(tx ->
        tx.first(
            FAILURES,
            row -> new Failures((int) row.number("failures"), row.instant("fail_time")),
            emailHash));
  }

  @Override
  public void addFailure(String emailHash, Instant now, Instant stale) {
    database.write(tx -> tx.update(ADD_FAILURE, emailHash, now, stale));
  }

  @Override
  public void removeFailures(String emailHash) {
    if (failures(emailHash).isPresent()) {
      database.write(tx -> tx.update(DELETE_FAILURES, emailHash));
    }
  }

  @Override
  public void purge(Instant now, Instant stale) {
    database.write(tx ->
        tx.update("delete from session where expire_time <= ?", now)
            + tx.update("delete from sign_in_link where expire_time <= ?", now)
            + tx.update("delete from sign_in_failure where fail_time < ?", stale));
  }

  static Person person(Row row) {
    return new Person(
        row.text("person_id"),
        row.text("email"),
        row.text("display_name"),
        row.flag("owner"),
        row.flag("chat_apps"),
        row.text("language"),
        row.textOrNull("password_hash") != null,
        row.instant("create_time"));
  }

  private static ApiToken token(Row row) {
    return new ApiToken(
        row.text("token_id"),
        row.text("display_name"),
        row.text("person_id"),
        row.instant("create_time"));
  }
}
