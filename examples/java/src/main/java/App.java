import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Posts one message to a space through its incoming webhook. */
public class App {
  /** Paste here what "Copy link" gave you. Whoever holds this link can post. */
  private static final String URL =
      "http://127.0.0.1:8080/v1/spaces/SPACE/messages?key=KEY&token=TOKEN";

  public static void main(String[] args) throws Exception {
    var message = "{\"text\": \"Hello from a Java program!\"}";
    var request =
        HttpRequest.newBuilder(URI.create(URL))
            .header("Content-Type", "application/json; charset=UTF-8")
            .timeout(Duration.ofSeconds(30))
            .POST(HttpRequest.BodyPublishers.ofString(message))
            .build();

    var response =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());

    System.out.println(response.statusCode());
    System.out.println(response.body());
    if (response.statusCode() != 200) {
      throw new IllegalStateException("The message was not sent.");
    }
  }
}
