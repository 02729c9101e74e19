package campana.relay.outbox;

import java.util.Optional;

/// One entry, as `LANE.7`.
///
/// @param lane the lane's id
/// @param seq its place in the lane, from 1
public record EntryId(String lane, long seq) {
  public static Optional<EntryId> parse(String text) {
    var dot = text.lastIndexOf('.');
    if (dot <= 0 || !text.substring(dot + 1).matches("[1-9][0-9]{0,17}")) {
      return Optional.empty();
    }
    return Optional.of(
        new EntryId(text.substring(0, dot), Long.parseLong(text.substring(dot + 1))));
  }

  @Override
  public String toString() {
    return lane + "." + seq;
  }
}
