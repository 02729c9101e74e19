package campana.server.rehearsal;

import java.util.Map;
import java.util.OptionalInt;

/// Where the rehearsals are that all processes obey, by the ids of their spaces.
public interface RehearsalStore {
  Map<String, Rehearsal> all();

  /// In place of the space's other one, if there is one.
  void put(String spaceId, Rehearsal rehearsal);

  /// @return false if there was none
  boolean remove(String spaceId);

  /// A post meets a rehearsal that is for so many. After the last one it is over.
  ///
  /// @return how many more will; empty: it is over, or another one has begun
  OptionalInt take(String spaceId, Rehearsal rehearsal);

  void clear();
}
