package campana.server.space;

import campana.server.people.Person;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Where spaces and members are kept. Each method is one transaction and returns after its commit.
public interface SpaceStore {
  /// Stores a new space with its members.
  ///
  /// @return false if the id is in use already; nothing is stored then
  boolean insert(Space space, List<Member> members);

  Optional<Space> find(String id);

  /// Runs `work` while nobody else runs such work, here or in another process.
  <T> T alone(Supplier<T> work);

  /// All that live, by name.
  List<Space> list();

  /// Those that live and that this person is a member of, by name.
  List<Space> listFor(String personId);

  /// The first `limit` that live and have an id after `after`, by id; of one member only, or of all
  /// where `personId` is empty.
  List<Space> page(String personId, String after, int limit);

  /// Changes name, description, quota or time of deletion, read and written in one transaction.
  ///
  /// @param edit pure: it may run again
  /// @return the space as it is now; empty if there is none
  Optional<Space> edit(String id, UnaryOperator<Space> edit);

  List<Member> members(String spaceId);

  Optional<Member> member(String spaceId, String personId);

  /// Those that somebody has, in spaces that live.
  Set<Seat> taken(Collection<Seat> seats);

  /// Stores a membership, or changes whether it is a manager's.
  void putMember(String spaceId, Person person, boolean manager, Instant now);

  /// @return false if there was none
  boolean removeMember(String spaceId, String personId);

  /// The ids of all spaces this person is a member of, deleted ones too.
  List<String> idsFor(String personId);

  /// Writes a line into the audit.
  void audit(String spaceId, Instant when, String actor, String action, String target);
}
