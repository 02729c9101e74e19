package campana.relay.store;

import campana.relay.outbox.Opened;
import campana.relay.outbox.SendingContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class PostgresSendingTest extends SendingContract {
  @TempDir Path folder;

  @Override
  protected Opened open() {
    try {
      return PostgresOpened.at(Files.createTempDirectory(folder, "data"), CAPS, ALARM_AFTER, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A start voids nobody's lease: what a dead one held is free when its time is over.
  @Override
  protected void startAgain(Opened next) {
    super.startAgain(next);
    clock.advance(Leases.LASTS);
    opened.backlog().lease(clock.instant());
  }
}
