package campana.relay.outbox;

/// What may wait at most.
///
/// @param waiting entries in all lanes together: `max-waiting`
/// @param perLane entries in one lane
/// @param unprovenEntries entries of one credential that the far side has not accepted yet
/// @param unprovenBytes their bodies together
/// @param unprovenLanes lanes of which no credential was ever accepted
/// @param minFreeDisk share of the disk that stays free, from 0 to 1: `min-free-disk`
public record Caps(
    long waiting,
    long perLane,
    int unprovenEntries,
    long unprovenBytes,
    int unprovenLanes,
    double minFreeDisk) {
  public static final Caps DEFAULT = new Caps(1_000_000, 200_000, 20, 1024 * 1024, 1_000, 0.05);
}
