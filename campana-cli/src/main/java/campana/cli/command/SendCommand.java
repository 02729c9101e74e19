package campana.cli.command;

import static campana.cli.command.Names.text;

import campana.cli.api.Api;
import campana.cli.api.Failure;
import campana.cli.send.Outgoing;
import campana.cli.send.WebhookPost;
import campana.wire.MessageReplyOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
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

  @Option(names = "--dry-run", description = "prints what would be sent, without the secret")
  private boolean dryRun;

  @Parameters(paramLabel = "TEXT", arity = "0..1", description = "the text; - for input")
  private @Nullable String text;

  SendCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    var post = new WebhookPost(url(), option(), Optional.ofNullable(requestId));
    var body = message().toString();
    if (dryRun) {
      shell.say("POST " + post.shown());
      shell.json(JSON.readTree(body));
      return;
    }
    var sent = new Outgoing().send(post, body);
    shell.say(text(sent, "name") + "\t" + text(sent.path("thread"), "name"));
  }

  private String url() {
    var fromVariable = shell.environment().getOrDefault("CAMPANA_WEBHOOK_URL", "");
    if (url != null && urlFile != null) {
      throw Failure.usage("wanted --url or --url-file, not both");
    }
    var found = url != null ? url : urlFile != null ? read(urlFile.toString()) : fromVariable;
    if (found.isBlank()) {
      throw Failure.usage("wanted a webhook URL: --url, --url-file or CAMPANA_WEBHOOK_URL");
    }
    return found.strip();
  }

  /// Empty where the URL's own holds.
  private Optional<MessageReplyOption> option() {
    if (newThread && replyOption != null) {
      throw Failure.usage("wanted --new-thread or --reply-option, not both");
    }
    if (newThread) {
      return Optional.of(MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED);
    }
    if (replyOption == null) {
      return thread == null
          ? Optional.empty()
          : Optional.of(MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD);
    }
    return Optional.of(optionOf(replyOption));
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
    if (thread != null) {
      var name = thread.startsWith("spaces/") && thread.contains("/threads/");
      var into =
          message.get("thread") instanceof ObjectNode there ? there : message.putObject("thread");
      into.put(name ? "name" : "threadKey", thread);
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
      read = JSON.readTree(read(file));
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
