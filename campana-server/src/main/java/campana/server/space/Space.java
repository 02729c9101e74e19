package campana.server.space;

import campana.server.quota.QuotaRate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A space as everybody else sees it. Immutable; a change makes a new one.
///
/// @param id `cmp` and 8 to 13 characters of `[A-Za-z0-9_-]`, case-sensitive
/// @param displayName at most 128 characters; empty for a direct message
/// @param description at most 150 characters, shown under the name; empty where there is none
/// @param quota the space's own rate; null where the server's default holds
/// @param deleteTime when it was deleted; null while it lives
public record Space(
    String id,
    String displayName,
    String description,
    SpaceType type,
    ThreadingState threading,
    @Nullable QuotaRate quota,
    Instant createTime,
    @Nullable Instant deleteTime) {

  /// The resource name, `spaces/ID`.
  public String name() {
    return "spaces/" + id;
  }

  public boolean deleted() {
    return deleteTime != null;
  }

  /// Whether replies are kept in threads; elsewhere thread fields and options are accepted and
  /// ignored.
  public boolean threaded() {
    return type == SpaceType.SPACE && threading != ThreadingState.UNTHREADED_MESSAGES;
  }

  Space withDisplayName(String name) {
    return new Space(id, name, description, type, threading, quota, createTime, deleteTime);
  }

  Space withDescription(String text) {
    return new Space(id, displayName, text, type, threading, quota, createTime, deleteTime);
  }

  Space withQuota(@Nullable QuotaRate rate) {
    return new Space(id, displayName, description, type, threading, rate, createTime, deleteTime);
  }

  Space withDeleteTime(@Nullable Instant time) {
    return new Space(id, displayName, description, type, threading, quota, createTime, time);
  }
}
