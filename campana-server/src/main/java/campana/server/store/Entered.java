package campana.server.store;

import campana.server.message.Fingerprint;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What must still be filed of a message that is in the log.
record Entered(
    Shelf shelf,
    long entry,
    long position,
    long thread,
    long createTime,
    long quotaState,
    @Nullable Fingerprint binds,
    @Nullable Fingerprint request,
    String messageId) {

  /// The order of the indexes' own keys, so that filing walks through their pages once.
  static final Comparator<Entered> FILING_ORDER = Entered::compareForFiling;

  // Written out, as it is called two million times for a hundred thousand messages.
  private static int compareForFiling(Entered a, Entered b) {
    if (a.shelf == b.shelf) {
      return Long.compare(a.position, b.position);
    }
    var spaces = Long.compare(a.shelf.order, b.shelf.order);
    return spaces != 0 ? spaces : a.shelf.spaceId.compareTo(b.shelf.spaceId);
  }

  boolean reply() {
    return thread != position;
  }

  Alias alias() {
    return new Alias(shelf.spaceId, messageId);
  }

  /// A sender's own id, of one space.
  record Alias(String spaceId, String messageId) {}
}
