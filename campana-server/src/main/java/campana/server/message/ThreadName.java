package campana.server.message;

/// What the `thread.name` of a post says.
sealed interface ThreadName {
  /// None was sent.
  record None() implements ThreadName {}

  /// It cannot name a thread of this space.
  record Malformed() implements ThreadName {}

  /// @param position of the opener it names; 0: of no message that could be
  record Named(long position) implements ThreadName {}

  /// Well-formed is `spaces/S/threads/T` with this space's S and a T of base64url characters. Most
  /// such T stand for nothing here; they name a thread that does not exist.
  static ThreadName parse(String name, String spaceId, MessageIds ids) {
    if (name.isEmpty()) {
      return new None();
    }
    var head = "spaces/" + spaceId + "/threads/";
    var id = name.startsWith(head) ? name.substring(head.length()) : "";
    var wellFormed = !id.isEmpty() && id.length() <= 64 && id.chars().allMatch(ThreadName::idChar);
    return wellFormed ? new Named(ids.position(spaceId, id)) : new Malformed();
  }

  private static boolean idChar(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '_';
  }
}
