package campana.relay.store;

import campana.relay.outbox.Opened;
import campana.relay.outbox.TakingContract;
import java.nio.file.Path;

class SqliteTakingTest extends TakingContract {
  @Override
  protected Opened open(Path data) {
    return SqliteOpened.at(data, CAPS, ALARM_AFTER, clock);
  }
}
