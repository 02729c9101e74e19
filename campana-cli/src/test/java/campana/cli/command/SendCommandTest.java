package campana.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import campana.cli.Ran;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `send` against a far side that answers as it is told.
class SendCommandTest {
  private static final String STORED =
      "{\"name\":\"spaces/S/messages/T.M\",\"thread\":{\"name\":\"spaces/S/threads/T\"}}";

  private record Request(String target, String body) {}

  @TempDir Path folder = Path.of("");
  private final ConcurrentLinkedDeque<Request> requests = new ConcurrentLinkedDeque<>();
  private final AtomicInteger busy = new AtomicInteger(); // how many answers are 429 first
  private volatile int status = 200;
  private volatile String wait = "0.1"; // what all answers ask for
  private volatile String answer = STORED;
  private HttpServer far = noServer();
  private String url = "";
  private int spaces;

  private static HttpServer noServer() {
    try {
      return HttpServer.create();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() throws IOException {
    far = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    far.createContext(
        "/",
        exchange -> {
          var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          requests.add(new Request(exchange.getRequestURI().toString(), body));
          var refused = busy.getAndUpdate(n -> Math.max(0, n - 1)) > 0;
          var bytes = (refused ? "" : answer).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Retry-After", wait);
          exchange.sendResponseHeaders(
              refused ? 429 : status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    far.start();
    url =
        "http://127.0.0.1:"
            + far.getAddress().getPort()
            + "/v1/spaces/S/messages?key=k3y&token=t0k-en%3D";
  }

  @AfterEach
  void stop() {
    far.stop(0);
  }

  @Test
  void the_stored_names_are_printed_with_a_tab_between() {
    var ran = send("hello");
    assertThat(ran).isEqualTo(new Ran(0, "spaces/S/messages/T.M\tspaces/S/threads/T", ""));
    assertThat(requests.getLast().body()).isEqualTo("{\"text\":\"hello\"}");
    assertThat(requests.getLast().target())
        .matches("/v1/spaces/S1/messages\\?key=k3y&token=t0k-en%3D&requestId=[0-9a-f-]{36}");
  }

  @ParameterizedTest(name = "{0} -> {1} {2}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          --thread k1                       | REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD | {"threadKey":"k1"}
          --thread k1 --new-thread          | -                                    | {"threadKey":"k1"}
          --thread k1 --reply-option fail   | REPLY_MESSAGE_OR_FAIL                | {"threadKey":"k1"}
          --thread k1 --reply-option REPLY_MESSAGE_OR_FAIL | REPLY_MESSAGE_OR_FAIL | {"threadKey":"k1"}
          --thread spaces/S/threads/T       | REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD | {"name":"spaces/S/threads/T"}
          """)
  void a_thread_key_without_an_option_means_fallback(String options, String option, String thread) {
    assertThat(send((options + " x").split(" ")).exitCode()).isZero();
    var request = requests.getLast();
    if (option == null) {
      assertThat(request.target()).doesNotContain("messageReplyOption");
    } else {
      assertThat(request.target()).contains("&messageReplyOption=" + option + "&requestId=");
    }
    assertThat(request.body()).isEqualTo("{\"text\":\"x\",\"thread\":" + thread + "}");
  }

  @Test
  void a_parameter_that_the_url_has_already_is_replaced() {
    send(
        "--url",
        url + "&messageReplyOption=X&requestId=1",
        "--thread",
        "k",
        "--request-id",
        "a b",
        "x");
    assertThat(requests.getLast().target())
        .endsWith(
            "token=t0k-en%3D&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD&requestId=a%20b");
  }

  @Test
  void a_new_thread_is_opened_also_where_the_url_says_to_reply() {
    send(
        "--url",
        url + "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD",
        "--thread",
        "k",
        "--new-thread",
        "x");
    assertThat(requests.getLast().target())
        .contains("&messageReplyOption=MESSAGE_REPLY_OPTION_UNSPECIFIED&");
  }

  @ParameterizedTest(name = "HTTP {0} {1} -> {2}")
  @CsvSource({
    "400, INVALID_ARGUMENT, 13",
    "401, UNAUTHENTICATED, 26",
    "403, PERMISSION_DENIED, 17",
    "404, NOT_FOUND, 15",
    "409, ALREADY_EXISTS, 16",
    "429, RESOURCE_EXHAUSTED, 18",
    "500, INTERNAL, 23",
    "503, UNAVAILABLE, 24"
  })
  void a_refusal_s_exit_code_is_ten_and_its_google_rpc_code(int http, String name, int code) {
    status = http;
    answer =
        "{\"error\":{\"code\":%d,\"message\":\"no.\\nso\",\"status\":\"%s\"}}"
            .formatted(http, name);
    var line = "campana send: " + name + " (HTTP " + http + ")";
    assertThat(send("--attempts", "1", "x")).isEqualTo(new Ran(code, "", line + ": no.; so"));
    answer = "{\"code\":%d,\"message\":\"bare\",\"status\":\"%s\"}".formatted(http, name);
    assertThat(send("--attempts", "1", "x")).isEqualTo(new Ran(code, "", line + ": bare"));
    answer = "<html>from something in between</html>";
    assertThat(send("--attempts", "1", "x").exitCode()).isEqualTo(code);
  }

  @Test
  void a_busy_space_is_waited_for_and_a_terminal_is_told() {
    busy.set(1);
    wait = "1";
    var ran = Ran.onTerminal(Map.of("CAMPANA_WEBHOOK_URL", fresh(url)), "send", "x");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).isEqualTo("spaces/S/messages/T.M\tspaces/S/threads/T");
    assertThat(ran.err()).isEqualTo("campana send: the space is over its quota; attempt 2 in 1 s");
    assertThat(requests.stream().map(Request::target).distinct()).as("one requestId").hasSize(1);

    busy.set(1);
    var kept = Ran.watched(Map.of("CAMPANA_WEBHOOK_URL", fresh(url)), "send", "x");
    assertThat(kept.err()).as("its output alone goes elsewhere").endsWith(ran.err());

    busy.set(1);
    wait = "0.1";
    assertThat(send("x").err()).as("not on a terminal").isEmpty();
  }

  @Test
  void whoever_does_not_want_to_wait_that_long_is_refused() {
    busy.set(100);
    var ran = send("--deadline", "1s", "x");
    assertThat(ran.exitCode()).isEqualTo(18);
    assertThat(ran.err()).startsWith("campana send: RESOURCE_EXHAUSTED (HTTP 429)");
  }

  @Test
  void nobody_there_is_unavailable_and_says_that_nothing_was_sent() throws IOException {
    try (var nobody = new Socket()) { // has its port, so that no other takes it, and hears nothing
      nobody.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      url = url.replace(":" + far.getAddress().getPort(), ":" + nobody.getLocalPort());
      var ran = send("--attempts", "1", "x");
      assertThat(ran.exitCode()).isEqualTo(24);
      assertThat(ran.err()).contains("nothing was sent").doesNotContain("t0k-en", "k3y");
    }
  }

  @Test
  void a_dry_run_shows_the_request_without_its_secrets_and_sends_nothing() {
    var ran = send("--dry-run", "--thread", "k1", "--request-id", "r1", "hello");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out())
        .contains("?key=…&token=…&messageReplyOption=", "&requestId=r1", "\"threadKey\":\"k1\"")
        .doesNotContain("t0k-en", "k3y");
    assertThat(requests).isEmpty();
  }

  @Test
  void text_cards_and_whole_messages_come_from_files_and_standard_input() throws IOException {
    assertThat(sendIn("from a pipe\n", "-").exitCode()).isZero();
    assertThat(requests.getLast().body()).isEqualTo("{\"text\":\"from a pipe\"}");

    var card = Files.writeString(folder.resolve("card.json"), "{\"header\":{\"title\":\"T\"}}");
    assertThat(send("--card", card.toString(), "and text").exitCode()).isZero();
    assertThat(requests.getLast().body())
        .isEqualTo(
            "{\"text\":\"and text\",\"cardsV2\":[{\"card\":{\"header\":{\"title\":\"T\"}}}]}");

    assertThat(sendIn("{\"cardId\":\"a\",\"card\":{}}", "--card", "-").exitCode()).isZero();
    assertThat(requests.getLast().body())
        .isEqualTo("{\"cardsV2\":[{\"cardId\":\"a\",\"card\":{}}]}");

    assertThat(sendIn("{\"text\":\"w\",\"thread\":{}}", "--json", "-", "--thread", "k").exitCode())
        .isZero();
    assertThat(requests.getLast().body())
        .isEqualTo("{\"text\":\"w\",\"thread\":{\"threadKey\":\"k\"}}");
  }

  @Test
  void the_url_may_come_from_a_file_or_a_variable() throws IOException {
    var file = Files.writeString(folder.resolve("url"), url + "\n");
    assertThat(Ran.campana("send", "--url-file", file.toString(), "x").exitCode()).isZero();
    assertThat(Ran.campana(Map.of("CAMPANA_WEBHOOK_URL", fresh(url)), "", "send", "x").exitCode())
        .isZero();
    assertThat(requests).hasSize(2);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          send x                                       | wanted a webhook URL
          send --url nonsense x                        | has to begin with https://
          send --url http://[::x]/?token=t0p x         | no address may have
          send --url http://h/ --url-file f x          | not both
          send --url-file /nowhere/url x               | there is no such file
          send --url http://h/                         | wanted TEXT, --card or --json
          send --url http://h/ --json - x              | --json is the whole message
          send --url http://h/ --card - -              | wanted - once
          send --url http://h/ --json -                | not JSON
          send --url http://h/v1/spaces/S/messages?key=k&token=t --reply-option maybe x  | wanted fail, fallback
          send --url http://h/v1/spaces/S/messages?key=k&token=t --thread k --new-thread --reply-option fail x | not both
          send --url http://h/ --treads k x            | Unknown option
          send --url http://h/v1/spaces/S/messages?key=k x | exactly one parameter token
          send --deadline 30 x                         | wanted a time as 30s
          send --attempts 0 x                          | wanted 1 or more
          """)
  void wrong_use_is_one_line_and_exit_code_2(String line, String why) {
    var ran = Ran.campana(Map.of(), "{", line.split(" "));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains(why).doesNotContain("t0p", "Exception", "\tat ");
  }

  @Test
  void a_flag_that_the_client_would_not_take_is_named_with_the_wish() {
    assertRefused("--request-id: wanted 1 to 255 characters, got 0", "--request-id", "");
    assertRefused(
        "--request-id: wanted 1 to 255 characters, got 300", "--request-id", "r".repeat(300));
    assertRefused("--thread: wanted 1 to 4000 characters, got 0", "--thread", "");
    assertRefused("--thread: wanted 1 to 4000 characters, got 4001", "--thread", "t".repeat(4_001));
    assertRefused("--deadline: wanted at most 366d, got 1000d", "--deadline", "1000d");
  }

  private void assertRefused(String line, String flag, String value) {
    assertThat(send(flag, value, "x")).isEqualTo(new Ran(2, "", "campana send: " + line));
    assertThat(requests).isEmpty();
  }

  @Test
  void a_file_may_begin_with_a_byte_order_mark() throws IOException {
    var file = Files.writeString(folder.resolve("m.json"), "\uFEFF{\"text\":\"marked\"}");
    assertThat(send("--json", file.toString()).exitCode()).isZero();
    assertThat(requests.getLast().body()).isEqualTo("{\"text\":\"marked\"}");
  }

  @Test
  void a_new_thread_is_opened_also_where_the_url_says_otherwise_in_snake_case() {
    send("--url", url + "&message_reply_option=REPLY_MESSAGE_OR_FAIL", "--new-thread", "x");
    assertThat(requests.getLast().target())
        .contains("&messageReplyOption=MESSAGE_REPLY_OPTION_UNSPECIFIED&")
        .doesNotContain("OR_FAIL");
  }

  private Ran send(String... arguments) {
    return sendIn("", arguments);
  }

  private Ran sendIn(String in, String... arguments) {
    var line = new java.util.ArrayList<>(java.util.List.of("send"));
    line.addAll(java.util.List.of(arguments));
    return Ran.campana(Map.of("CAMPANA_WEBHOOK_URL", fresh(url)), in, line.toArray(String[]::new));
  }

  /// A space that was not posted to yet, so that nobody waits for its pace.
  private String fresh(String webhook) {
    return webhook.replace("/spaces/S/", "/spaces/S" + ++spaces + "/");
  }
}
