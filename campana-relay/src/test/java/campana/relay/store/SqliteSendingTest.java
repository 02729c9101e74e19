package campana.relay.store;

import campana.relay.outbox.Opened;
import campana.relay.outbox.SendingContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteSendingTest extends SendingContract {
  @TempDir Path folder;

  @Override
  protected Opened open() {
    try {
      return SqliteOpened.at(Files.createTempDirectory(folder, "data"), CAPS, ALARM_AFTER, clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
