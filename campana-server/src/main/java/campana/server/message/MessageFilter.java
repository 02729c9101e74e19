package campana.server.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Which messages a listing holds.
///
/// @param after created later than this; null: from the start
/// @param before created earlier than this; null: to the end
/// @param thread position of the one thread wanted; 0: all
/// @param newestFirst the order
/// @param showRemoved whether removed messages are listed
public record MessageFilter(
    @Nullable Instant after,
    @Nullable Instant before,
    long thread,
    boolean newestFirst,
    boolean showRemoved) {
  /// Everything that stands, oldest first.
  public static final MessageFilter ALL = new MessageFilter(null, null, 0, false, false);
}
