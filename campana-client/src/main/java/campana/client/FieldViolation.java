package campana.client;

import java.util.Objects;

/** A field that the far side refused. Immutable. */
public final class FieldViolation {
  private final String field;
  private final String description;

  FieldViolation(String field, String description) {
    this.field = field;
    this.description = description;
  }

  /** A path such as {@code message.cards_v2[0].card}; may be empty. */
  public String field() {
    return field;
  }

  /** A sentence for people; may be empty. */
  public String description() {
    return description;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FieldViolation
        && ((FieldViolation) other).field.equals(field)
        && ((FieldViolation) other).description.equals(description);
  }

  @Override
  public int hashCode() {
    return Objects.hash(field, description);
  }

  @Override
  public String toString() {
    return field + ": " + description;
  }
}
