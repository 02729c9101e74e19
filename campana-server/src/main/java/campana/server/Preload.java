package campana.server;

import campana.server.store.SqlMessages;
import campana.server.webhook.Webhooks;
import campana.store.StoreBusy;
import campana.store.StoreFailure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads after a start what the first post of each space needs, many spaces at a time: one by one
/// they would cost each first post several times its price. A post that comes sooner reads for
/// itself.
final class Preload implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Preload.class);
  private static final int PAGE = 500;

  private final Webhooks webhooks;
  private final SqlMessages messages;
  // of its own: reading would hold the carriers of the connections
  private final Thread thread = Thread.ofPlatform().name("preload").daemon().unstarted(this::run);
  private volatile boolean closing;

  Preload(Webhooks webhooks, SqlMessages messages) {
    this.webhooks = webhooks;
    this.messages = messages;
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      for (var page = webhooks.remember("", PAGE); !page.isEmpty() && !closing; ) {
        messages.remember(page);
        page = webhooks.remember(page.getLast(), PAGE);
      }
    } catch (StoreBusy | StoreFailure e) {
      log.warn("reading ahead failed: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    closing = true;
    var interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
