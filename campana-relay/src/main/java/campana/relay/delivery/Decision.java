package campana.relay.delivery;

import campana.relay.outbox.Step;
import java.time.Instant;

/// What follows an attempt.
///
/// @param step for the outbox
/// @param course of the lane from here on
/// @param freeAt when the lane may be used again
record Decision(Step step, Course course, Instant freeAt) {}
