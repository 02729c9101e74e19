package campana.relay.store;

import campana.relay.outbox.Opened;
import campana.relay.outbox.SendingContract;
import java.nio.file.Path;

class SqliteSendingTest extends SendingContract {
  @Override
  protected Opened open(Path data) {
    return SqliteOpened.at(data, CAPS, ALARM_AFTER, clock);
  }
}
