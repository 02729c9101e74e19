package campana.relay.outbox;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The relays that a post has come through, each by an id of its own: one that comes back to a
/// relay goes round in a circle.
///
/// @param relays their ids, in the order in which it passed them
public record Trail(List<String> relays) {
  public static final Trail NONE = new Trail(List.of());

  /// Nobody sets up more relays than these one behind the other; a circle does.
  private static final int MOST = 8;

  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  public Trail {
    relays = List.copyOf(relays);
  }

  /// What a header says, or a row; what is no id in it counts as one that is nobody's.
  public static Trail parse(String text) {
    return text.isBlank()
        ? NONE
        : new Trail(
            Stream.of(text.split(",", MOST + 1))
                .map(String::strip)
                .map(id -> ID.matcher(id).matches() ? id : "-")
                .toList());
  }

  /// Whether it was here before, or so long on its way that it must be going round.
  public boolean comesBackTo(String relay) {
    return relays.contains(relay) || relays.size() >= MOST;
  }

  public Trail through(String relay) {
    return new Trail(Stream.concat(relays.stream(), Stream.of(relay)).toList());
  }

  /// As a header says it.
  public String text() {
    return relays.stream().collect(Collectors.joining(", "));
  }
}
