package campana.relay.store;

import campana.relay.outbox.Opened;
import campana.relay.outbox.TakingContract;
import java.nio.file.Path;

class PostgresTakingTest extends TakingContract {
  @Override
  protected Opened open(Path data) {
    return PostgresOpened.at(data, CAPS, ALARM_AFTER, clock);
  }
}
