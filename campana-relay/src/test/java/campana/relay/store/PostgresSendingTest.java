package campana.relay.store;

import campana.relay.outbox.Opened;
import campana.relay.outbox.SendingContract;
import java.nio.file.Path;

class PostgresSendingTest extends SendingContract {
  @Override
  protected Opened open(Path data) {
    return PostgresOpened.at(data, CAPS, ALARM_AFTER, clock);
  }
}
