package campana.relay.source;

import java.time.Duration;

/// What became of a sender's request, to be worded by its source: [Source#reply].
public sealed interface Verdict {
  /// The sender has done its part.
  ///
  /// @param how in one word
  /// @param id of the first entry; empty: there is none
  record Taken(How how, String id) implements Verdict {}

  /// How a request was taken.
  enum How {
    QUEUED,
    /// It was here before.
    DUPLICATE,
    /// The route's condition, a silence, or an episode that is not open.
    FILTERED,
    /// A test of the tool's own, or an event that nobody wants to hear of.
    NOTHING
  }

  /// As [Reading.Unreadable].
  record Unreadable(String field, String why) implements Verdict {}

  /// As [Reading.Unsupported].
  record Unsupported(String contentType) implements Verdict {}

  /// No credential of the route's fits. Which one is missing is not told.
  record Denied() implements Verdict {}

  /// @param most bytes that are taken
  record TooLarge(long most) implements Verdict {}

  /// Not taken now, nothing stored.
  record Overloaded(Duration retryIn) implements Verdict {}
}
