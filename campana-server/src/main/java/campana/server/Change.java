package campana.server;

import java.util.Optional;
import java.util.function.Function;

/// What became of a wish of somebody who administers.
///
/// @param <T> what stands there now
public sealed interface Change<T> {
  /// Done, on disk, and effective with the next request.
  record Done<T>(T value) implements Change<T> {}

  /// A value that cannot be: nothing was changed. `field` is the field's name on the wire.
  record Wrong<T>(String field, String why) implements Change<T> {}

  /// What should change does not exist.
  record Missing<T>() implements Change<T> {}

  /// Somebody else has it already.
  record Taken<T>(String field, String why) implements Change<T> {}

  /// The organisation's policy, or somebody's own setting, stands against it.
  record Forbidden<T>(String why) implements Change<T> {}

  /// The value where it was done.
  default Optional<T> done() {
    return this instanceof Done<T>(var value) ? Optional.of(value) : Optional.empty();
  }

  /// The same with another value; what was refused stays refused.
  default <R> Change<R> map(Function<T, R> mapper) {
    return switch (this) {
      case Done<T>(var value) -> new Done<>(mapper.apply(value));
      case Wrong<T>(var field, var why) -> new Wrong<>(field, why);
      case Missing<T>() -> new Missing<>();
      case Taken<T>(var field, var why) -> new Taken<>(field, why);
      case Forbidden<T>(var why) -> new Forbidden<>(why);
    };
  }
}
