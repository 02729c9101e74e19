package campana.it.proof;

import campana.it.CampanaProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// A browser without a screen: signs in as the owner and has one space's live stream open.
final class Viewer implements AutoCloseable {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final Pattern POSITION = Pattern.compile("\"position\": ?(\\d+)");
  private static final Pattern TEXT = Pattern.compile("(post-\\d+-)");

  /// One line of the stream that says something.
  ///
  /// @param position 0 where it is no message's
  record Heard(String event, long position, String text, long nanos) {}

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, String> cookies = new TreeMap<>();
  private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();

  /// @param space `spaces/ID`
  static Viewer of(CampanaProcess server, String space) throws IOException, InterruptedException {
    var viewer = new Viewer();
    var link = server.call("POST", "/v1/signInLinks", "{}").path("url").asString();
    var door = viewer.exchange(viewer.request(URI.create(link)));
    viewer.submit(URI.create(link), door.body());
    var at = space.substring("spaces/".length()) + ".0";
    var stream =
        viewer.http.send(
            viewer.request(server.address().resolve("/live?at=" + at)).build(),
            BodyHandlers.ofInputStream());
    Thread.ofVirtual()
        .start(() ->
            viewer.read(
                new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))));
    return viewer;
  }

  /// Ends the session through another process.
  void signOutAt(CampanaProcess here, CampanaProcess there)
      throws IOException, InterruptedException {
    var session = cookies.get("campana_session_" + here.address().getPort());
    cookies.put("campana_session_" + there.address().getPort(), String.valueOf(session));
    var page = exchange(request(there.address().resolve("/me")));
    submit(there.address().resolve("/sign-out"), page.body());
  }

  private void submit(URI form, String page) throws IOException, InterruptedException {
    var csrf = CSRF.matcher(page);
    if (!csrf.find()) {
      throw new AssertionError("no form on " + form.getPath().replaceFirst("/sign-in/.*", ""));
    }
    var answer =
        exchange(
            request(form)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("csrf=" + csrf.group(1))));
    if (answer.statusCode() != 303) {
      throw new AssertionError("a form was answered with " + answer.statusCode());
    }
  }

  private HttpRequest.Builder request(URI address) {
    var all = new ArrayList<String>();
    cookies.forEach((name, value) -> all.add(name + "=" + value));
    var request = HttpRequest.newBuilder(address);
    return all.isEmpty() ? request : request.header("Cookie", String.join("; ", all));
  }

  private HttpResponse<String> exchange(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    var answer = http.send(request.build(), BodyHandlers.ofString());
    for (var cookie : answer.headers().allValues("set-cookie")) {
      var pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return answer;
  }

  private void read(BufferedReader stream) {
    try (stream) {
      var event = "";
      for (var line = stream.readLine(); line != null; line = stream.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring("event: ".length());
        } else if (line.startsWith("data:")) {
          var position = POSITION.matcher(line);
          var text = TEXT.matcher(line);
          heard.add(
              new Heard(
                  event,
                  position.find() ? Long.parseLong(position.group(1)) : 0,
                  text.find() ? text.group(1) : "",
                  System.nanoTime()));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      heard.add(new Heard("cut", 0, "", System.nanoTime()));
    }
  }

  /// All messages up to the one with this text.
  List<Heard> postsUpTo(String text) throws InterruptedException {
    var posts = new ArrayList<Heard>();
    while (posts.isEmpty() || !posts.getLast().text().equals(text)) {
      var next = heard.poll(30, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError(text + " did not come; the last of " + posts.size() + " did");
      }
      if (next.event().equals("post")) {
        posts.add(next);
      }
    }
    return posts;
  }

  /// When an event of this name came.
  long await(String event) throws InterruptedException {
    while (true) {
      var next = heard.poll(30, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError(event + " did not come");
      }
      if (next.event().equals(event)) {
        return next.nanos();
      }
    }
  }

  @Override
  public void close() {
    http.shutdownNow(); // an orderly end would wait for the stream's
  }
}
