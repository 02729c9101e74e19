package campana.server.webhook;

import java.util.List;
import java.util.Optional;

/// Where the doors of spaces are read from.
public interface DoorStore {
  /// The space, its webhooks that are not deleted and whether all its members have Chat apps on.
  Optional<Doors> doors(String spaceId);

  /// The same of many spaces.
  ///
  /// @param after the last space of the page before, empty for the first page
  /// @return in an order of the store's own; none at the end
  List<Doors> doorsAfter(String after, int limit);
}
