package campana.server.store;

import campana.store.Buckets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One space's end of the log, in memory: its newest message, its quota, and its replies that are
/// not filed yet. What the writer entered is its own until it is committed; then readers see it.
final class Shelf {
  private static final int SAME = 3; // how many characters all ids begin with
  private static final int ORDERING = 7; // characters that fit beside the bucket

  final String spaceId;
  final int bucket;
  final long order; // as the tables sort spaces, but for ids that begin alike

  // the writer's own, ahead of the commit
  @Nullable Step head;
  long quotaState;
  boolean touched; // committed to since the last freeze
  boolean dropped; // another one may stand for the space by now

  // guarded by this
  private @Nullable Step committed;
  private long committedQuota;
  private long filedTo;
  private final List<Reply> replies = new ArrayList<>(0); // the writer's uncommitted ones included
  private int committedReplies;

  /// A message that did not open its thread.
  record Reply(long position, long thread, long entry) {}

  /// What readers need of it, unchanging.
  ///
  /// @param filedTo replies up to this position are in the index
  /// @param replies those after it, in order
  record Seen(@Nullable Step head, long filedTo, List<Reply> replies) {
    long last() {
      return head == null ? 0 : head.position();
    }
  }

  /// How it stood after some commit.
  record Standing(Shelf shelf, Step head, long quotaState) {}

  Shelf(String spaceId, @Nullable Step head, long quotaState) {
    this.spaceId = spaceId;
    this.bucket = Buckets.of(spaceId);
    this.order = order(bucket, spaceId);
    this.head = head;
    this.quotaState = quotaState;
    this.committed = head;
    this.committedQuota = quotaState;
    this.filedTo = last();
  }

  private static long order(int bucket, String spaceId) {
    var order = (long) bucket;
    for (var i = SAME; i < SAME + ORDERING; i++) {
      order = order << 8 | (i < spaceId.length() ? spaceId.charAt(i) & 0xff : 0);
    }
    return order + Long.MIN_VALUE; // so that signed comparison sorts buckets from 128 on last
  }

  /// The order of the tables' own keys.
  static int compareForFiling(Shelf a, Shelf b) {
    var spaces = Long.compare(a.order, b.order);
    return spaces != 0 ? spaces : a.spaceId.compareTo(b.spaceId);
  }

  /// The writer's newest position; 0 before the first message.
  long last() {
    return head == null ? 0 : head.position();
  }

  /// The writer enters a message after its head.
  ///
  /// @param step made by [Step#after]
  void enter(Step step, long thread, long newQuotaState) {
    head = step;
    quotaState = newQuotaState;
    if (thread != step.position()) {
      synchronized (this) {
        replies.add(new Reply(step.position(), thread, step.entry()));
      }
    }
  }

  synchronized void commit() {
    committed = head;
    committedQuota = quotaState;
    committedReplies = replies.size();
  }

  synchronized void rollBack() {
    head = committed;
    quotaState = committedQuota;
    replies.subList(committedReplies, replies.size()).clear();
  }

  /// How it is committed; there was a commit.
  synchronized Standing standing() {
    return new Standing(this, Objects.requireNonNull(committed), committedQuota);
  }

  /// Whether all that is committed is filed.
  synchronized boolean filed() {
    return committed == null || committed.position() <= filedTo;
  }

  /// The writer asks whether all that it knows is filed, what is not committed included.
  synchronized boolean filedToItsEnd() {
    return last() <= filedTo;
  }

  /// Its head at `position` is filed, and the index holds all replies up to `position`. Between
  /// transactions only.
  synchronized void filed(long position) {
    filedTo = Math.max(filedTo, position);
    replies.removeIf(reply -> reply.position() <= position);
    committedReplies = replies.size();
  }

  /// The writer's look-up: a thread's replies that are not filed, the uncommitted ones included.
  synchronized List<Reply> repliesTo(long thread) {
    return replies.stream().filter(reply -> reply.thread() == thread).toList();
  }

  synchronized Seen seen() {
    return new Seen(committed, filedTo, List.copyOf(replies.subList(0, committedReplies)));
  }
}
