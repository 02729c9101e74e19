package campana.relay.store;

import campana.relay.outbox.Opened;
import campana.relay.outbox.TakingContract;
import campana.testkit.Kind;
import java.nio.file.Path;

class CitusTakingTest extends TakingContract {
  @Override
  protected Opened open(Path data) {
    return PostgresOpened.at(Kind.CITUS, data, CAPS, ALARM_AFTER, clock);
  }
}
