package campana.server.people;

import java.util.Locale;
import java.util.Optional;

/// Email addresses as we take them: one `@`, a domain with a name on each side of its dots, no
/// blanks. More only a mail can prove.
final class Emails {
  private static final int LONGEST = 254;
  private static final String WISH = "An email address looks like ada@example.org";

  private Emails() {}

  /// Lower case, without blanks around it.
  static String normal(String email) {
    return email.strip().toLowerCase(Locale.ROOT);
  }

  /// What is wrong with a normalised address; empty: nothing.
  static Optional<String> wrong(String email) {
    var at = email.indexOf('@');
    var domain = email.substring(at + 1);
    var printable =
        email.chars().allMatch(c -> c > ' ' && c != 0x7f && "\"(),:;<>[]\\".indexOf(c) < 0);
    var ok =
        at > 0
            && at <= 64
            && email.length() <= LONGEST
            && email.indexOf('@', at + 1) < 0
            && printable
            && !domain.isEmpty()
            && !domain.startsWith(".")
            && !domain.endsWith(".")
            && !domain.contains("..");
    return ok ? Optional.empty() : Optional.of(WISH);
  }
}
