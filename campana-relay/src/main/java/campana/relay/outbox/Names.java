package campana.relay.outbox;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names that a post to the proxy is answered with before the far side has given real ones. They
/// look like the far side's, and are recognised when they come back.
public final class Names {
  private static final String PREFIX = "cmpq";
  private static final int RADIX = 36;
  private static final Pattern THREAD =
      Pattern.compile("spaces/([A-Za-z0-9_-]+)/threads/" + PREFIX + "([0-9a-z]{8,12})");

  private Names() {}

  static String message(String space, EntryId opener, EntryId entry) {
    return "spaces/" + space + "/messages/" + part(opener) + "." + part(entry);
  }

  static String thread(String space, EntryId opener) {
    return "spaces/" + space + "/threads/" + part(opener);
  }

  private static String part(EntryId entry) {
    var digits = Long.toString(entry.seq(), RADIX);
    return PREFIX + "0".repeat(Math.max(0, 8 - digits.length())) + digits;
  }

  /// The entry whose thread this is; empty: no name of ours.
  ///
  /// @param name as `spaces/S/threads/T`
  public static Optional<EntryId> opener(Lane lane, String name) {
    var match = THREAD.matcher(name);
    if (!match.matches() || !lane.name().endsWith("/spaces/" + match.group(1))) {
      return Optional.empty();
    }
    return EntryId.parse(
        lane.id() + "." + Long.parseLong(match.group(2).toLowerCase(Locale.ROOT), RADIX));
  }
}
