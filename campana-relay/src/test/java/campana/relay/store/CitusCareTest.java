package campana.relay.store;

import campana.relay.outbox.CareContract;
import campana.relay.outbox.Opened;
import campana.testkit.Kind;
import java.nio.file.Path;

class CitusCareTest extends CareContract {
  @Override
  protected Opened open(Path data) {
    return PostgresOpened.at(Kind.CITUS, data, CAPS, ALARM_AFTER, clock);
  }
}
