package campana.server.webhook;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Where the doors of spaces are read from.
public interface DoorStore {
  /// The space, its webhooks that are not deleted and whether all its members have Chat apps on.
  Optional<Doors> doors(String spaceId);

  /// The same of many spaces.
  ///
  /// @param after the last space of the page before, empty for the first page
  /// @return in an order of the store's own; none at the end
  List<Doors> doorsAfter(String after, int limit);

  /// A space's doors were changed here: other processes, where there may be any, hear of it by
  /// [#changed].
  void tell(String spaceId);

  /// Which spaces' doors may have been changed by any process since the last call; empty: none
  /// were. From one thread.
  Optional<Predicate<String>> changed();
}
