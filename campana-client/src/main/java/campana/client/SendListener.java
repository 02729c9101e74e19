package campana.client;

import java.time.Duration;

/**
 * Hears what a client does, for logs and metrics: of one message in order, of several at once, on
 * the few threads that all clients of the JVM have for that. To send, and to close the client, is
 * fine; what blocks otherwise holds the result of its message up, and with all threads held those
 * of others. What it throws is logged and otherwise without effect.
 */
public interface SendListener {
  /** Why a message waits. */
  enum Wait {
    /** The interval since the last request to its space is not over. */
    PACE,
    /** The space is over its quota. */
    QUOTA,
    /** The far side failed. */
    BACKOFF
  }

  /** A request ended. {@code sending.attempts()} counts it. */
  default void attempted(Sending sending, Attempt attempt) {}

  /** The next message of its space waits; those behind it are not told of. */
  default void waits(Sending sending, Duration wait, Wait why) {}

  /** The last that is heard of a message. */
  default void ended(Sending sending, SendResult result) {}
}
