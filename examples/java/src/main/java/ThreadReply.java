import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Starts a thread, replies in it, and shows what each reply option does.
 *
 * <p>A thread key is your own name for a thread. Remember it, send it again, and the message joins
 * the thread. The reply option in the URL says what should happen when there is no such thread yet.
 */
public class ThreadReply {
  /** Paste here what "Copy link" gave you. Whoever holds this link can post. */
  private static final String URL =
      "http://127.0.0.1:8080/v1/spaces/SPACE/messages?key=KEY&token=TOKEN";

  /** Reply in the thread of this key; without one, open a new thread. */
  private static final String FALLBACK = "REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD";

  /** Reply in the thread of this key; without one, send nothing and answer 404. */
  private static final String OR_FAIL = "REPLY_MESSAGE_OR_FAIL";

  /** Stands in for a JSON library, so that this sample needs none. */
  private static final Pattern THREAD = Pattern.compile("\"(spaces/[^/\"]+/threads/[^\"]+)\"");

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static void main(String[] args) throws Exception {
    var deploy = "deploy-" + UUID.randomUUID();
    post("Deploy started", deploy, FALLBACK);
    Thread.sleep(1100); // a space takes one message per second
    post("Deploy finished", deploy, OR_FAIL);
    Thread.sleep(1100);
    // Nobody has used this key: with OR_FAIL nothing is sent.
    post("You will not see this", "never-used-" + UUID.randomUUID(), OR_FAIL);
  }

  /** Posts the text to the thread of a key and prints what became of it. */
  private static void post(String text, String threadKey, String option) throws Exception {
    // Both strings are plain here; with a quote or a line break in them, use a JSON library.
    var message =
        String.format("{\"text\": \"%s\", \"thread\": {\"threadKey\": \"%s\"}}", text, threadKey);
    var request =
        HttpRequest.newBuilder(URI.create(URL + "&messageReplyOption=" + option))
            .header("Content-Type", "application/json; charset=UTF-8")
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(message))
            .build();
    var response = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    var thread = THREAD.matcher(response.body());
    System.out.println(
        response.statusCode()
            + " with "
            + option
            + (response.statusCode() == 200 && thread.find() ? ": " + thread.group(1) : ""));
  }
}
