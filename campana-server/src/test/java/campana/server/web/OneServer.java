package campana.server.web;

import campana.server.LiveServer;
import campana.server.Wire;
import campana.server.space.Space;
import campana.server.webhook.Webhook;
import campana.testkit.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// One live server for all tests of a class, on each kind of database, and a space with a webhook
/// of its own for each.
@ParameterizedClass
@EnumSource(Kind.class)
abstract class OneServer {
  static LiveServer server;
  static Wire wire;

  /// The owner's API token.
  static String root;

  Space space;
  Webhook webhook;

  /// Path and query of the webhook's URL.
  String target;

  @Parameter Kind kind;

  @BeforeParameterizedClassInvocation
  static void start(Kind kind, @TempDir Path folder) {
    server = new LiveServer(kind, folder);
    wire = server.wire();
    root = server.app().ownerToken();
  }

  @AfterParameterizedClassInvocation
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
