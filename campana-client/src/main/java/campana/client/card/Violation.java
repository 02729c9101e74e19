package campana.client.card;

import java.util.Objects;
import java.util.OptionalInt;

/** One thing that the server would refuse, and where it stands. Immutable. */
public final class Violation {
  private final String field;
  private final String reason;
  private final OptionalInt size;
  private final OptionalInt limit;

  private Violation(String field, String reason, OptionalInt size, OptionalInt limit) {
    this.field = Objects.requireNonNull(field);
    this.reason = Objects.requireNonNull(reason);
    this.size = size;
    this.limit = limit;
  }

  /** A violation of a rule without a number. */
  public static Violation of(String field, String reason) {
    return new Violation(field, reason, OptionalInt.empty(), OptionalInt.empty());
  }

  /**
   * A violation of a limit.
   *
   * @param size what there is
   * @param limit the most there may be, in the same unit
   */
  public static Violation beyond(String field, int size, int limit, String reason) {
    return new Violation(field, reason, OptionalInt.of(size), OptionalInt.of(limit));
  }

  /**
   * The field, by the path that the server's own refusal would name, as {@code
   * message.cards_v2[0].card.header.title}.
   */
  public String field() {
    return field;
  }

  /** What is wrong and what is wanted, a sentence in English. */
  public String reason() {
    return reason;
  }

  /** How much there is, where a limit is passed: bytes of a message, a count of anything else. */
  public OptionalInt size() {
    return size;
  }

  /** The limit that is passed, in the unit of {@link #size()}. */
  public OptionalInt limit() {
    return limit;
  }

  /** The same, seen from an object that holds the one it was found in. */
  public Violation within(String path) {
    return new Violation(path + "." + field, reason, size, limit);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Violation
        && field.equals(((Violation) other).field)
        && reason.equals(((Violation) other).reason);
  }

  @Override
  public int hashCode() {
    return Objects.hash(field, reason);
  }

  /** As the server words it. */
  @Override
  public String toString() {
    return "Invalid value at '" + field + "': " + reason;
  }
}
