package campana.cli.command;

import campana.cli.api.Api;
import campana.cli.api.Failure;
import campana.cli.config.Reading;
import campana.client.Attempt;
import campana.client.InvalidMessageException;
import campana.client.Message;
import campana.client.Reason;
import campana.client.SendListener;
import campana.client.SendOptions;
import campana.client.SendResult;
import campana.client.Sending;
import campana.client.WebhookClient;
import campana.wire.MessageReplyOption;
import campana.wire.RpcCode;
import campana.wire.WebhookUrl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.logging.LogManager;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `campana send`
@Command(
    name = "send",
    description = {
      "Posts one message and prints its name, a tab and its thread's name.",
      "The webhook URL is a secret: other users of this machine can see --url; a file or the"
          + " variable CAMPANA_WEBHOOK_URL they cannot."
    })
final class SendCommand implements Runnable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration LONGEST = Duration.ofDays(366); // the client's own

  private final Shell shell;

  @Option(names = "--url", paramLabel = "URL", description = "the webhook URL as it was copied")
  private @Nullable String url;

  @Option(names = "--url-file", paramLabel = "FILE", description = "a file that holds it")
  private @Nullable Path urlFile;

  @Option(
      names = "--thread",
      paramLabel = "KEY",
      description = "one key, one thread; or a name that was printed, spaces/…/threads/…")
  private @Nullable String thread;

  @Option(names = "--new-thread", description = "opens a thread even where --thread names one")
  private boolean newThread;

  @Option(
      names = "--reply-option",
      paramLabel = "OPTION",
      description = "without such a thread: fail, or fallback to a new one (usual with --thread)")
  private @Nullable String replyOption;

  @Option(names = "--card", paramLabel = "FILE", description = "a card as JSON; - for input")
  private @Nullable String card;

  @Option(names = "--json", paramLabel = "FILE", description = "a whole message; - for input")
  private @Nullable String json;

  @Option(
      names = "--request-id",
      paramLabel = "ID",
      description = "sent twice with one id, it is stored once")
  private @Nullable String requestId;

  @Option(
      names = "--attempts",
      paramLabel = "N",
      description = "most requests, where the far side is busy or fails; 10 unless given")
  private int attempts = 10;

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      description = "for how long to try, waiting for quota included; 1m unless given")
  private String deadline = "1m";

  @Option(names = "--dry-run", description = "prints the request, without its secrets")
  private boolean dryRun;

  @Parameters(paramLabel = "TEXT", arity = "0..1", description = "the text; - for input")
  private @Nullable String text;

  SendCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    var body = message().toString();
    try (var client = client()) {
      var message = Message.json(body);
      if (dryRun) {
        shell.out().println(client.preview(message, options()));
        return;
      }
      LogManager.getLogManager().reset(); // what the client logs is told here, once
      var sent = client.send(message, options());
      if (!sent.sent()) {
        throw Failure.of(sent.code(), line(sent));
      }
      shell.say(sent.messageName().orElse("") + "\t" + sent.threadName().orElse(""));
    } catch (InvalidMessageException e) {
      throw Failure.of(RpcCode.INVALID_ARGUMENT, "INVALID_ARGUMENT: " + text(e));
    }
  }

  private WebhookClient client() {
    var within =
        Reading.duration(deadline)
            .orElseThrow(
                () -> Failure.usage("--deadline: wanted a time as 30s, 5m or 1h, got " + deadline));
    if (attempts < 1) {
      throw Failure.usage("--attempts: wanted 1 or more, got " + attempts);
    }
    var builder = WebhookClient.builder(url()).attempts(attempts);
    if (within.compareTo(LONGEST) > 0) {
      throw Failure.usage("--deadline: wanted at most 366d, got " + deadline);
    }
    return builder
        .deadline(within)
        .listener(shell.watched() ? new Progress() : new SendListener() {})
        .build();
  }

  /// What the client would not take, said of the flag that it came by.
  private static SendOptions named(String flag, String value, Function<String, SendOptions> taken) {
    try {
      return taken.apply(value);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(flag + text(e).replaceFirst("^[^:]*", ""));
    }
  }

  private static String text(IllegalArgumentException e) {
    return String.valueOf(e.getMessage());
  }

  private static String line(SendResult unsent) {
    var line = new StringBuilder(unsent.code().name());
    unsent.httpStatus().ifPresent(status -> line.append(" (HTTP ").append(status).append(')'));
    if (!unsent.text().isEmpty()) {
      line.append(": ").append(Api.oneLine(unsent.text()));
    }
    if (unsent.attempts() > 1) {
      line.append(" (after ").append(unsent.attempts()).append(" attempts)");
    }
    return line.toString();
  }

  /// What a person sees who waits.
  private final class Progress implements SendListener {
    private volatile String why = "the pace of the space is kept"; // before the first answer

    @Override
    public void attempted(Sending sending, Attempt attempt) {
      why =
          attempt.reason() == Reason.QUOTA
              ? "the space is over its quota"
              : attempt.code() + (attempt.text().isEmpty() ? "" : ": " + attempt.text());
    }

    @Override
    public void waits(Sending sending, Duration wait, Wait unused) {
      shell.tell(
          "campana send: %s; attempt %d in %d s"
              .formatted(Api.oneLine(why), sending.attempts() + 1, Math.max(1, wait.toSeconds())));
    }
  }

  private SendOptions options() {
    var options = SendOptions.none();
    if (thread != null) {
      options = named("--thread", thread, isName(thread) ? options::threadName : options::thread);
    }
    var option = option();
    if (option.isPresent()) {
      options = options.replyOption(option.get());
    }
    return requestId == null ? options : named("--request-id", requestId, options::requestId);
  }

  private static boolean isName(String thread) {
    return thread.startsWith("spaces/") && thread.contains("/threads/");
  }

  private WebhookUrl url() {
    var fromVariable = shell.environment().getOrDefault("CAMPANA_WEBHOOK_URL", "");
    if (url != null && urlFile != null) {
      throw Failure.usage("wanted --url or --url-file, not both");
    }
    var found = url != null ? url : urlFile != null ? read(urlFile.toString()) : fromVariable;
    if (found.isBlank()) {
      throw Failure.usage("wanted a webhook URL: --url, --url-file or CAMPANA_WEBHOOK_URL");
    }
    try {
      return WebhookUrl.parse(found);
    } catch (IllegalArgumentException e) { // says what is missing, and nothing of the address
      throw Failure.usage(text(e) + "; wanted it as it was copied");
    }
  }

  /// Empty where a thread means fallback, or the URL's own holds.
  private Optional<MessageReplyOption> option() {
    if (newThread && replyOption != null) {
      throw Failure.usage("wanted --new-thread or --reply-option, not both");
    }
    if (newThread) {
      return Optional.of(MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED);
    }
    return Optional.ofNullable(replyOption).map(SendCommand::optionOf);
  }

  private static MessageReplyOption optionOf(String replyOption) {
    return switch (replyOption.toLowerCase(Locale.ROOT)) {
      case "fail" -> MessageReplyOption.REPLY_MESSAGE_OR_FAIL;
      case "fallback" -> MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD;
      default ->
          Arrays.stream(MessageReplyOption.values())
              .filter(option -> option.name().equals(replyOption))
              .findFirst()
              .orElseThrow(() ->
                  Failure.usage(
                      "--reply-option: wanted fail, fallback or the wire's name, got "
                          + replyOption));
    };
  }

  private ObjectNode message() {
    if (Stream.of(text, card, json).filter("-"::equals).count() > 1) {
      throw Failure.usage("wanted - once: there is one standard input");
    }
    if (json != null && (text != null || card != null)) {
      throw Failure.usage("--json is the whole message: wanted no TEXT and no --card beside it");
    }
    if (json == null && text == null && card == null) {
      throw Failure.usage("wanted TEXT, --card or --json");
    }
    var message = json != null ? object("--json", json) : Api.object();
    if (text != null) {
      message.put("text", text.equals("-") ? read("-").stripTrailing() : text);
    }
    if (card != null) {
      cards(message, object("--card", card));
    }
    return message;
  }

  /// A bare card, `{cardId, card}` or a message's `cardsV2`.
  private static void cards(ObjectNode message, ObjectNode card) {
    if (card.has("cardsV2")) {
      message.set("cardsV2", card.get("cardsV2"));
    } else if (card.has("card")) {
      message.putArray("cardsV2").add(card);
    } else {
      message.putArray("cardsV2").addObject().set("card", card);
    }
  }

  private ObjectNode object(String flag, String file) {
    JsonNode read;
    try {
      read = JSON.readTree(read(file).replaceFirst("^\uFEFF", "")); // as some editors begin a file
    } catch (JacksonException e) {
      var at = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw Failure.usage(flag + ": " + file + ":" + at + ": not JSON");
    }
    if (read instanceof ObjectNode object) {
      return object;
    }
    throw Failure.usage(flag + ": " + file + ": wanted a JSON object");
  }

  private String read(String file) {
    try {
      return file.equals("-")
          ? new String(shell.in().readAllBytes(), StandardCharsets.UTF_8)
          : Files.readString(Path.of(file));
    } catch (NoSuchFileException e) {
      throw Failure.usage(file + ": there is no such file");
    } catch (IOException e) {
      throw Failure.usage(file + ": cannot be read");
    }
  }
}
