package campana.client;

import java.util.Optional;

/** What a message says, in one of two ways: built of parts, or as JSON that somebody else wrote. */
interface Body {
  /** Empty where there is none, or it is not known. */
  String text();

  /** As the server counts them. */
  int bytes();

  /** Whether the server would find nothing to show. */
  boolean isEmpty();

  /** Compact JSON; does not ask whether it is right. */
  String toJson(Optional<String> threadKey, Optional<String> threadName);
}
