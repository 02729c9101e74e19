package campana.relay.outbox;

/// What may not overtake one another, as a number: entries of one strand go out in the order they
/// came in. Two strands of one number would only wait for one another without need. An entry whose
/// own number it is stands at the strand's beginning.
public final class Strands {
  private Strands() {}

  /// Behind nobody; others may come behind it.
  public static long begunBy(long seq) {
    return seq;
  }

  public static long inLine(Credential credential) {
    return Digests.number("line\n" + credential.id());
  }

  /// Keys belong to the webhook that uses them.
  public static long key(Credential credential, String key) {
    return Digests.number("key\n" + credential.id() + "\n" + key);
  }

  /// A real thread, whoever writes into it.
  public static long thread(String name) {
    return Digests.number("thread\n" + name);
  }

  /// Those that answer an entry which was never delivered.
  public static long orphans(EntryId opener) {
    return Digests.number("orphans\n" + opener);
  }
}
