package campana.server.web.page;

import campana.http.HttpSettings;
import campana.server.LiveServer;
import campana.server.ServerSettings;
import campana.server.people.Person;
import campana.server.space.Space;
import campana.server.webhook.Webhook;
import campana.testkit.Browser;
import campana.testkit.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;

/// A live server and somebody who posts to it, as a tool outside would.
final class PageServer implements AutoCloseable {
  private final Kind kind;
  private final Path folder;
  private LiveServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  PageServer(Path folder) {
    this(Kind.SQLITE, folder);
  }

  PageServer(Kind kind, Path folder) {
    this.kind = kind;
    this.folder = folder;
    server = new LiveServer(kind, folder);
  }

  /// Ends the server and starts another on the same data and port: every stream is cut.
  void restart() {
    var port = URI.create(server.app().address()).getPort();
    server.close();
    server =
        new LiveServer(
            kind,
            folder,
            ServerSettings.DEFAULT,
            Clock.systemUTC(),
            HttpSettings.at("127.0.0.1", port));
  }

  LiveServer server() {
    return server;
  }

  /// Signs the owner in, through the door.
  void signIn(Browser browser) {
    signIn(browser, server.owner(), server.app().address());
  }

  void signIn(Browser browser, Person person, String base) {
    browser.go(base + "/sign-in/" + server.app().rooms().signIn().link(person));
    browser.see("form button.primary").click();
    browser.see(".side, .only-narrow");
  }

  String address(Space space) {
    return server.app().address() + "/spaces/" + space.id();
  }

  String url(Webhook webhook) {
    return server.app().rooms().webhooks().url(webhook);
  }

  /// Posts text; the answer's status.
  int post(String url, String text) {
    return json(
        url,
        "{\"text\": \""
            + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n")
            + "\"}");
  }

  /// Posts text in the thread of a key.
  int post(String url, String key, String text) {
    return json(
        url + "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD",
        "{\"text\": \"" + text + "\", \"thread\": {\"threadKey\": \"" + key + "\"}}");
  }

  int json(String url, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json; charset=UTF-8")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.close();
    http.close();
  }
}
