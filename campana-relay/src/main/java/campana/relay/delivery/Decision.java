package campana.relay.delivery;

import campana.relay.outbox.Rest;
import campana.relay.outbox.Step;
import java.time.Instant;

/// What follows an attempt.
///
/// @param step for the outbox
/// @param course of the lane from here on
/// @param freeAt when the lane may be used again
record Decision(Step step, Course course, Instant freeAt) {
  /// What another holder of the lane would have to keep to.
  Rest rest() {
    return step instanceof Step.Wait ? new Rest(freeAt, course.slowUntil()) : Rest.NONE;
  }
}
