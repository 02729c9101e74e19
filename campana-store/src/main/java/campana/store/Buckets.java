package campana.store;

/// Which bucket a space or lane belongs to. Every primary and unique key begins with it; on a
/// cluster it decides the node.
public final class Buckets {
  public static final int COUNT = 256;

  private Buckets() {}

  /// 0 to 255, the same for an id forever: FNV-1a, as its place is in every row.
  public static int of(String id) {
    var hash = 0x811c9dc5;
    for (var i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * 0x01000193;
    }
    return (hash ^ (hash >>> 8) ^ (hash >>> 16) ^ (hash >>> 24)) & 0xff;
  }
}
