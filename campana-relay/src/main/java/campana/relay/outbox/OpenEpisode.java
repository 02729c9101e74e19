package campana.relay.outbox;

import campana.relay.source.Severity;
import java.time.Instant;

/// An episode that is open, as people look at it.
///
/// @param worst the worst that was heard in it
/// @param title of what was heard last
public record OpenEpisode(
    Lane lane, String route, Severity worst, String title, Instant openedAt, Instant heardAt) {}
