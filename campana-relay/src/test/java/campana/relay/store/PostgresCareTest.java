package campana.relay.store;

import campana.relay.outbox.CareContract;
import campana.relay.outbox.Opened;
import java.nio.file.Path;

class PostgresCareTest extends CareContract {
  @Override
  protected Opened open(Path data) {
    return PostgresOpened.at(data, CAPS, ALARM_AFTER, clock);
  }
}
