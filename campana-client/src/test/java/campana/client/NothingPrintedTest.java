package campana.client;

import static org.assertj.core.api.Assertions.assertThat;

import campana.testkit.Printed;
import campana.testkit.ScriptedAnswer;
import campana.testkit.ScriptedChat;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Last of all: neither key nor token was printed anywhere in the module's tests. */
@Order(Integer.MAX_VALUE)
class NothingPrintedTest {
  private static final List<String> SECRETS =
      List.of(
          ScriptedChat.KEY,
          ScriptedChat.TOKEN,
          URLEncoder.encode(ScriptedChat.TOKEN, StandardCharsets.UTF_8));

  @Test
  void no_key_and_no_token_in_what_all_tests_printed() {
    System.getLogger("campana.client").log(System.Logger.Level.WARNING, "this is recorded");
    assertThat(Printed.all()).contains("this is recorded");
    for (var secret : SECRETS) {
      assertThat(Printed.all().contains(secret)).as("a secret was printed").isFalse();
    }
  }

  @Test
  void no_key_and_no_token_in_any_value_event_or_exception() {
    var said = new ArrayList<String>();
    var listener =
        new SendListener() {
          @Override
          public void attempted(Sending sending, Attempt attempt) {
            said.add(sending + " " + attempt + " " + attempt.text() + attempt.violations());
          }

          @Override
          public void waits(Sending sending, Duration wait, Wait why) {
            said.add(sending + " " + why);
          }

          @Override
          public void ended(Sending sending, SendResult result) {
            said.add(sending + " " + result + " " + result.text() + result.violations());
            said.add(trace(new SendException(result)));
          }
        };
    try (var chat = ScriptedChat.start()) {
      var url = chat.url("AAAA");
      var builder =
          WebhookClient.builder(url)
              .pace(Duration.ofMillis(1))
              .timeout(Duration.ofSeconds(1))
              .attempts(1)
              .listener(listener);
      said.add(builder.toString());
      var repeats = "no such address: " + url + " or " + URI.create(url).getQuery();
      chat.then(
          ScriptedAnswer.html(502),
          ScriptedAnswer.of(404, "<h1>Not Found</h1><p>" + repeats.replace("&", "&amp;") + "</p>"),
          ScriptedAnswer.error(403, "PERMISSION_DENIED", repeats),
          ScriptedAnswer.of(
              400,
              "{\"error\":{\"details\":[{\"@type\":\"google.rpc.BadRequest\",\"fieldViolations\":[{"
                  + "\"field\":\"%s\",\"description\":\"%s\"}]}]}}".formatted(repeats, repeats)),
          ScriptedAnswer.of(200, "{\"name\":\"%s\"}".formatted(repeats)),
          ScriptedAnswer.reset(),
          ScriptedAnswer.resetBeforeBody(),
          ScriptedAnswer.of(302, "").with("Location", url),
          ScriptedAnswer.hang());
      try (var client = builder.build()) {
        said.add(client.toString());
        for (int i = 0; i < 9; i++) {
          said.add(client.send("hi").toString());
        }
      }
      said.add(
          WebhookClient.of(url.replace("127.0.0.1", "nobody.invalid"))
              .send("hi", SendOptions.none().deadline(Duration.ofSeconds(2)))
              .toString());
    }
    assertThat(said).hasSizeGreaterThan(30);
    for (var text : said) {
      for (var secret : SECRETS) {
        assertThat(text).doesNotContain(secret);
      }
    }
  }

  private static String trace(Throwable thrown) {
    var text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
