package campana.server.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.LiveServer;
import campana.server.people.Person;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// What browsers have open, in the wire's own words.
final class Streams implements AutoCloseable {
  private final HttpClient http = HttpClient.newHttpClient();

  /// The cookie's value of somebody who has just come in.
  String session(LiveServer server, Person person) throws IOException, InterruptedException {
    var signIn = server.app().rooms().signIn();
    var session = signIn.redeem(signIn.link(person)).orElseThrow();
    var page = http.send(request(server, "/me", session), HttpResponse.BodyHandlers.discarding());
    assertThat(page.statusCode()).as("signed in").isEqualTo(200);
    return session;
  }

  /// @param at as `cmpA.12,cmpB.40`
  BufferedReader open(LiveServer server, String session, String at)
      throws IOException, InterruptedException {
    var answer =
        http.send(
            request(server, "/live?at=" + at, session), HttpResponse.BodyHandlers.ofInputStream());
    return new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
  }

  private static HttpRequest request(LiveServer server, String path, String session) {
    var address = URI.create(server.app().address());
    return HttpRequest.newBuilder(address.resolve(path))
        .header("Cookie", "campana_session_" + address.getPort() + "=" + session)
        .build();
  }

  /// Everything up to and with the line that holds `wanted`, or up to the end.
  static String upTo(BufferedReader stream, String wanted) throws IOException {
    var read = new StringBuilder();
    for (var line = stream.readLine(); line != null; line = stream.readLine()) {
      read.append(line).append('\n');
      if (line.contains(wanted)) {
        break;
      }
    }
    return read.toString();
  }

  @Override
  public void close() {
    http.shutdownNow(); // an orderly end would wait for the streams to end
  }
}
