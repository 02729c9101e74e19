package campana.server.web;

import campana.server.LiveServer;
import campana.server.Wire;
import campana.server.space.Space;
import campana.server.webhook.Webhook;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// One live server for all tests of a class, and a space with a webhook of its own for each.
abstract class OneServer {
  static LiveServer server;
  static Wire wire;

  /// The owner's API token.
  static String root;

  Space space;
  Webhook webhook;

  /// Path and query of the webhook's URL.
  String target;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = new LiveServer(folder);
    wire = server.wire();
    root = server.app().ownerToken();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void fresh() {
    space = server.space();
    webhook = server.webhook(space);
    target = server.target(webhook);
  }
}
