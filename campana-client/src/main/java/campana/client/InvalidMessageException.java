package campana.client;

import campana.client.card.Violation;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A message that the server would refuse was not made, or not sent. {@link #violations()} says
 * which fields, and where a limit is passed, how much there is and how much may be; {@link
 * #getMessage()} says it all in words.
 */
public final class InvalidMessageException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient List<Violation> violations;

  InvalidMessageException(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(Collectors.joining("\n")));
    this.violations = List.copyOf(violations);
  }

  /** What is wrong, all of it; empty only in an exception that was serialised. */
  public List<Violation> violations() {
    return violations == null ? List.of() : violations;
  }
}
