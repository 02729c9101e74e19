/**
 * Posts to incoming webhooks of Google Chat, or of Campana: see the package {@code campana.client};
 * cards are in {@code campana.client.card}.
 */
module campana.client {
  requires transitive campana.wire;
  requires transitive java.net.http;
  requires com.fasterxml.jackson.core;
  requires static org.jspecify;

  exports campana.client;
  exports campana.client.card;
}
