package campana.server.people;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where people are kept, and what lets them in. Each method is one transaction and returns after
/// its commit. Hashes are SHA-256 in hex.
public interface PeopleStore {
  /// @return false if the email, or the id, is another person's; nothing is stored then
  boolean insert(Person person);

  Optional<Person> byId(String id);

  Optional<Person> byEmail(String email);

  /// Everybody, by creation.
  List<Person> list();

  /// Stores name, email, owner, Chat apps and language as they are now.
  ///
  /// @return false if the email is another person's; nothing is stored then
  boolean update(Person person);

  /// Takes a person away with their memberships, sessions, links and tokens.
  ///
  /// @return false if it is the last owner, or nobody
  boolean remove(String id);

  Optional<String> passwordHash(String id);

  void setPasswordHash(String id, String hash);

  void insertLink(String hash, String personId, Instant expireTime);

  /// Uses a link up.
  ///
  /// @return whose it was, if it had not expired
  Optional<Person> takeLink(String hash, Instant now);

  /// Whose link this is, without using it up.
  Optional<Person> peekLink(String hash, Instant now);

  void insertSession(String hash, String personId, Instant now, Instant expireTime);

  Optional<Person> session(String hash, Instant now);

  /// Whose sessions these are, of those that go on, by hash.
  Map<String, Person> sessions(Collection<String> hashes, Instant now);

  void removeSession(String hash);

  void removeSessionsOf(String personId);

  void insertToken(ApiToken token, String hash);

  /// The newest first; of everybody where `personId` is empty.
  List<ApiToken> tokens(String personId);

  /// Whose token this is.
  Optional<Person> byToken(String hash);

  /// @return false if there is none
  boolean removeToken(String id, String personId);

  /// Wrong passwords one after the other for one email.
  ///
  /// @param newest when the last one was tried
  record Failures(int count, Instant newest) {}

  Optional<Failures> failures(String emailHash);

  /// One more; those that ended before `stale` count no more.
  void addFailure(String emailHash, Instant now, Instant stale);

  void removeFailures(String emailHash);

  /// Removes sessions and links that have expired, and failures that ended before `stale`.
  void purge(Instant now, Instant stale);
}
