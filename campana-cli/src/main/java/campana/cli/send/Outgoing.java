package campana.cli.send;

import campana.cli.api.Failure;
import campana.cli.api.Refusals;
import campana.wire.RpcCode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/// Makes the one attempt.
public final class Outgoing {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration ANSWER = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /// @return the answer's message, with `name` and `thread.name`
  public JsonNode send(WebhookPost post, String body) {
    var request =
        HttpRequest.newBuilder(post.target())
            .timeout(ANSWER)
            .header("Content-Type", "application/json; charset=UTF-8")
            .POST(BodyPublishers.ofString(body))
            .build();
    var answer = exchange(request);
    var json = json(answer.body());
    if (answer.statusCode() == 200) {
      return json;
    }
    if (answer.statusCode() / 100 == 3) {
      throw Failure.of(RpcCode.UNKNOWN, "the far side points elsewhere, which is not followed");
    }
    throw Refusals.failure(answer.statusCode(), json);
  }

  private HttpResponse<String> exchange(HttpRequest request) {
    var host = request.uri().getHost();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (ConnectException e) {
      throw Failure.of(RpcCode.UNAVAILABLE, "cannot reach " + host + "; nothing was sent");
    } catch (HttpTimeoutException e) {
      throw Failure.of(RpcCode.DEADLINE_EXCEEDED, "no answer from " + host + "; perhaps stored");
    } catch (IOException e) {
      throw Failure.of(RpcCode.UNKNOWN, "no answer from " + host + "; perhaps stored");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.unexpected("interrupted");
    }
  }

  private static JsonNode json(String body) {
    try {
      return body.isBlank() ? MissingNode.getInstance() : JSON.readTree(body);
    } catch (JacksonException e) {
      return MissingNode.getInstance(); // HTML from something in between: the status has to do
    }
  }
}
