package campana.relay.store;

import campana.store.Move;
import campana.store.Tx;
import java.util.Map;
import java.util.Set;

/// The relay's tables where they are moved from the data folder: what is written later there is
/// written now. Who emptied a lane does so no longer.
public final class RelayMove implements Move.Contents {
  @Override
  public void settle(Tx tx) {
    Arrivals.placeAll(tx);
    Filing.writeAll(tx);
  }

  @Override
  public Set<String> left() {
    return Set.of("arrival", "lease", "lane.busy");
  }

  @Override
  public Map<String, String> only() {
    return Map.of();
  }
}
