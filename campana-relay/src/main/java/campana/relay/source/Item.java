package campana.relay.source;

import java.time.Instant;
import java.util.Optional;

/// One of the things that a trigger is made of: an alert of a group, a commit of a push.
///
/// @param title what tells it from the others; may be empty
/// @param text what is said about it; may be empty
/// @param since when it began
/// @param until when it ended; empty: it lasts, or nothing lasts about it
/// @param url http or https; empty: none
public record Item(
    State state,
    Severity severity,
    String title,
    String text,
    Optional<Instant> since,
    Optional<Instant> until,
    String url) {}
