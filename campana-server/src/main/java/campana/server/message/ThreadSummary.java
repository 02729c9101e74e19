package campana.server.message;

import java.time.Instant;

/// A thread in a list of threads.
///
/// @param thread position of the message that opened it
/// @param replies messages in it besides the opener, removed ones included
/// @param lastPosition position of its newest message
/// @param lastTime when that was created
public record ThreadSummary(long thread, int replies, long lastPosition, Instant lastTime) {}
