package campana.server.store;

import campana.server.message.Fingerprint;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A message that is in the log, as far as it concerns what is filed.
record Entered(
    Shelf shelf,
    Step step,
    long thread,
    long createTime,
    long quotaState,
    @Nullable Fingerprint binds,
    @Nullable Fingerprint request,
    String messageId) {

  long entry() {
    return step.entry();
  }

  long position() {
    return step.position();
  }

  /// Whether an index has to lead to it; a plain message is found along its space's trail.
  boolean indexed() {
    return reply() || binds != null || request != null || !messageId.isEmpty();
  }

  /// The order of the indexes' own keys, so that filing walks through their pages once.
  static final Comparator<Entered> FILING_ORDER = Entered::compareForFiling;

  // Written out, as it is called two million times for a hundred thousand messages.
  private static int compareForFiling(Entered a, Entered b) {
    if (a.shelf == b.shelf) {
      return Long.compare(a.position(), b.position());
    }
    return Shelf.compareForFiling(a.shelf, b.shelf);
  }

  boolean reply() {
    return thread != step.position();
  }

  Alias alias() {
    return new Alias(shelf.spaceId, messageId);
  }

  /// A sender's own id, of one space.
  record Alias(String spaceId, String messageId) {}
}
