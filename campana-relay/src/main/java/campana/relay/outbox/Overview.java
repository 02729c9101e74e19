package campana.relay.outbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// All lanes in a few figures.
///
/// @param lanes that there are
/// @param waiting of them, with something that waits
/// @param paused by hand
/// @param late with entries older than `alarm-after`
/// @param untold with something late or held, or paused: somebody should look
/// @param held entries that wait in those
/// @param untoldSince since when the first of those is so; null: none is
/// @param oldest when the oldest entry that waits was accepted; null: none waits
public record Overview(
    long lanes,
    long waiting,
    long paused,
    long late,
    long untold,
    long held,
    @Nullable Instant untoldSince,
    @Nullable Instant oldest) {}
