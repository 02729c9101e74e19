package campana.relay.outbox;

import campana.relay.outbox.Threading.Missing;
import java.time.Instant;

/// The entry that a lane sends next, with all that sending takes.
///
/// @param body complete, its thread included
/// @param query as in the draft
/// @param missing what the sender wants where its thread is not there
/// @param attempts made before
/// @param failures of these: 5xx, time-outs and resets
/// @param unanswered whether the far side may have taken it already
/// @param trust of its credential
/// @param probes how often a held credential was refused, from 1; 0: it is not held
/// @param aside whether it stood back because it failed while others passed
/// @param trail as in the draft
@SuppressWarnings("ArrayRecordComponent") // handed on, compared by nobody
public record Turn(
    EntryId id,
    Credential credential,
    byte[] body,
    String query,
    String requestId,
    Missing missing,
    int attempts,
    int failures,
    boolean unanswered,
    Trust trust,
    int probes,
    boolean aside,
    Instant acceptedAt,
    Trail trail) {}
