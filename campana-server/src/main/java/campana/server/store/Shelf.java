package campana.server.store;

import campana.store.Buckets;
import java.util.Arrays;

/// One space's end of the log, in memory: its last position, its quota, and where its messages that
/// are not filed yet stand in the log. `last` and `quotaState` are the writer's own and ahead of
/// the commit; the rest is shared with readers, who see what is committed.
final class Shelf {
  private static final long[] NONE = {};
  private static final int SAME = 3; // how many characters all ids begin with
  private static final int ORDERING = 7; // characters that fit beside the bucket

  final String spaceId;
  final int bucket;
  final long order; // as the indexes sort spaces, but for ids that begin alike
  long last;
  long quotaState;

  // guarded by this; slot i is of position filedTo + 1 + i
  private long filedTo;
  private long[] entries = NONE;
  private long[] threads = NONE;
  private int count; // of those, with the writer's uncommitted ones
  private int committed;
  private long committedQuota;

  /// What readers need of it: an unchanging copy.
  ///
  /// @param filedTo up to this position the index tells where
  /// @param entries of the positions from there on, committed ones
  record Unfiled(long filedTo, long[] entries, long[] threads) {
    /// Of a space that has nothing unfiled.
    static final Unfiled NOTHING = new Unfiled(Long.MAX_VALUE, NONE, NONE);

    long last() {
      return filedTo + entries.length;
    }

    /// Where the message at `position` stands in the log; 0 where it is filed or not there.
    long entry(long position) {
      return position > filedTo && position <= last() ? entries[(int) (position - filedTo - 1)] : 0;
    }
  }

  Shelf(String spaceId, long filedTo, long quotaState) {
    this.spaceId = spaceId;
    this.bucket = Buckets.of(spaceId);
    this.order = order(bucket, spaceId);
    this.last = filedTo;
    this.quotaState = quotaState;
    this.filedTo = filedTo;
    this.committedQuota = quotaState;
  }

  private static long order(int bucket, String spaceId) {
    var order = (long) bucket;
    for (var i = SAME; i < SAME + ORDERING; i++) {
      order = order << 8 | (i < spaceId.length() ? spaceId.charAt(i) & 0xff : 0);
    }
    return order + Long.MIN_VALUE; // so that signed comparison sorts buckets from 128 on last
  }

  /// The writer enters a message at the next position.
  synchronized void enter(long entry, long thread, long newQuotaState) {
    if (count == entries.length) {
      var size = Math.max(2, count * 2);
      entries = Arrays.copyOf(entries, size);
      threads = Arrays.copyOf(threads, size);
    }
    entries[count] = entry;
    threads[count++] = thread;
    last++;
    quotaState = newQuotaState;
  }

  synchronized void commit() {
    committed = count;
    committedQuota = quotaState;
  }

  synchronized void rollBack() {
    count = committed;
    last = filedTo + count;
    quotaState = committedQuota;
  }

  /// The index now tells where everything up to `position` stands. Between transactions only.
  synchronized void filed(long position) {
    var filed = (int) (position - filedTo);
    if (filed <= 0) {
      return;
    }
    filedTo = position;
    count -= filed;
    committed -= filed;
    entries = count == 0 ? NONE : Arrays.copyOfRange(entries, filed, filed + count);
    threads = count == 0 ? NONE : Arrays.copyOfRange(threads, filed, filed + count);
  }

  /// The writer's look-up, its uncommitted ones included; 0 where it is filed.
  synchronized long entry(long position) {
    return position > filedTo && position <= filedTo + count
        ? entries[(int) (position - filedTo - 1)]
        : 0;
  }

  /// Entries of a thread's messages that are not filed, the uncommitted ones included.
  synchronized long[] entriesOf(long thread) {
    var found = new long[count];
    var n = 0;
    for (var i = 0; i < count; i++) {
      if (threads[i] == thread) {
        found[n++] = entries[i];
      }
    }
    return Arrays.copyOf(found, n);
  }

  synchronized Unfiled unfiled() {
    return new Unfiled(
        filedTo, Arrays.copyOf(entries, committed), Arrays.copyOf(threads, committed));
  }
}
