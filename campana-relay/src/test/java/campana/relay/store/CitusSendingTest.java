package campana.relay.store;

import campana.relay.outbox.Opened;
import campana.relay.outbox.SendingContract;
import campana.testkit.Kind;
import java.nio.file.Path;

class CitusSendingTest extends SendingContract {
  @Override
  protected Opened open(Path data) {
    return PostgresOpened.at(Kind.CITUS, data, CAPS, ALARM_AFTER, clock);
  }
}
