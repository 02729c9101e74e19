package campana.client;

import campana.wire.Limits;
import campana.wire.MessageReplyOption;
import campana.wire.WebhookUrl;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where one message goes and how. Immutable: each method that sets something returns a copy.
 *
 * <p>A thread key or name without a reply option means {@link
 * MessageReplyOption#REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD}: reply in that thread, or open it.
 * Without that option Chat ignores keys and names; who wants a new thread in any case says {@link
 * #newThread()}.
 */
public final class SendOptions {
  private static final String OPTION = "messageReplyOption";
  private static final SendOptions NONE = new SendOptions();
  private static final Pattern MESSAGE_ID = Pattern.compile("client-[a-z0-9-]{1,56}");

  private @Nullable String threadKey;
  private @Nullable String threadName;
  private @Nullable MessageReplyOption replyOption;
  private @Nullable String requestId;
  private @Nullable String messageId;
  private @Nullable Duration deadline;
  private Priority priority = Priority.NORMAL;

  private SendOptions() {}

  private SendOptions(SendOptions from) {
    threadKey = from.threadKey;
    threadName = from.threadName;
    replyOption = from.replyOption;
    requestId = from.requestId;
    messageId = from.messageId;
    deadline = from.deadline;
    priority = from.priority;
  }

  /** Nothing set: a new thread, unless the webhook URL itself says otherwise. */
  public static SendOptions none() {
    return NONE;
  }

  /** Short for {@code none().thread(key)}. */
  public static SendOptions inThread(String key) {
    return NONE.thread(key);
  }

  /**
   * Into the thread of this key, which belongs to the webhook: another webhook's same key is
   * another thread.
   *
   * @param key any text, 1 to 4,000 code points, taken as it is
   */
  public SendOptions thread(String key) {
    int length = key.codePointCount(0, key.length());
    if (length < 1 || length > Limits.THREAD_KEY_CODE_POINTS) {
      throw new IllegalArgumentException(
          "thread key: wanted 1 to "
              + Limits.THREAD_KEY_CODE_POINTS
              + " characters, got "
              + length);
    }
    SendOptions copy = new SendOptions(this);
    copy.threadKey = key;
    return copy;
  }

  /**
   * Into the thread of this name, as a result gave it; it wins over a key.
   *
   * @param name {@code spaces/SPACE/threads/THREAD}
   */
  public SendOptions threadName(String name) {
    if (!name.startsWith("spaces/") || !name.contains("/threads/")) {
      throw new IllegalArgumentException(
          "thread name: wanted spaces/SPACE/threads/THREAD, as a result gives it");
    }
    SendOptions copy = new SendOptions(this);
    copy.threadName = name;
    return copy;
  }

  /** Opens a thread in any case, even where a key, a name or the webhook URL names one. */
  public SendOptions newThread() {
    return replyOption(MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED);
  }

  /** What happens where there is no such thread. */
  public SendOptions replyOption(MessageReplyOption option) {
    SendOptions copy = new SendOptions(this);
    copy.replyOption = option;
    return copy;
  }

  /**
   * The same id twice is one message. Without this the client draws one for each call; each attempt
   * carries the same.
   *
   * @param id 1 to 255 characters; a random UUID is advised
   */
  public SendOptions requestId(String id) {
    if (id.isEmpty() || id.length() > Limits.REQUEST_ID_CHARS) {
      throw new IllegalArgumentException(
          "requestId: wanted 1 to " + Limits.REQUEST_ID_CHARS + " characters, got " + id.length());
    }
    SendOptions copy = new SendOptions(this);
    copy.requestId = id;
    return copy;
  }

  /**
   * The message's own id, unique in its space; a taken one is refused with 409.
   *
   * @param id {@code client-} and 1 to 56 of {@code a-z 0-9 -}
   */
  public SendOptions messageId(String id) {
    if (!MESSAGE_ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "messageId: wanted client- and 1 to 56 of a-z, 0-9 and -, got " + id);
    }
    SendOptions copy = new SendOptions(this);
    copy.messageId = id;
    return copy;
  }

  /**
   * For how long to try, from the call on, waiting and attempts together; the client's own
   * otherwise.
   *
   * @param fromCall more than zero, at most 366 days
   */
  public SendOptions deadline(Duration fromCall) {
    SendOptions copy = new SendOptions(this);
    copy.deadline = WebhookClient.Builder.positive("deadline", fromCall);
    return copy;
  }

  /** Short for {@code priority(Priority.HIGH)}. */
  public SendOptions urgent() {
    return priority(Priority.HIGH);
  }

  /** Which goes first where several wait. */
  public SendOptions priority(Priority wanted) {
    SendOptions copy = new SendOptions(this);
    copy.priority = wanted;
    return copy;
  }

  /** As set by {@link #thread}. */
  public Optional<String> threadKey() {
    return Optional.ofNullable(threadKey);
  }

  /** As set by {@link #threadName(String)}. */
  public Optional<String> threadName() {
    return Optional.ofNullable(threadName);
  }

  /** As set, or what a key or name means; empty leaves it to the webhook URL. */
  public Optional<MessageReplyOption> replyOption() {
    return replyOption == null && (threadKey != null || threadName != null)
        ? Optional.of(MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD)
        : Optional.ofNullable(replyOption);
  }

  /** As set; in what a {@link Sending} tells, also the one that the client drew. */
  public Optional<String> requestId() {
    return Optional.ofNullable(requestId);
  }

  /** As set. */
  public Optional<String> messageId() {
    return Optional.ofNullable(messageId);
  }

  /** As set; empty leaves it to the client. */
  public Optional<Duration> deadline() {
    return Optional.ofNullable(deadline);
  }

  /** {@link Priority#NORMAL} unless set. */
  public Priority priority() {
    return priority;
  }

  /** A webhook's URL with what these put into its query, and else as it is. */
  WebhookUrl on(WebhookUrl url) {
    WebhookUrl to = url;
    Optional<MessageReplyOption> option = replyOption();
    if (option.isPresent()
        && (option.get() != MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED
            || url.has(OPTION))) {
      to = to.with(OPTION, option.get().name());
    }
    if (threadKey != null && url.has("threadKey")) {
      to = to.with("threadKey", threadKey); // two keys would be one too many
    }
    if (messageId != null) {
      to = to.with("messageId", messageId);
    }
    return requestId == null ? to : to.with("requestId", requestId);
  }

  /** What is set, for logs. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("options[");
    add(text, "thread", threadKey);
    add(text, "threadName", threadName);
    add(text, "replyOption", replyOption);
    add(text, "requestId", requestId);
    add(text, "messageId", messageId);
    add(text, "deadline", deadline);
    add(text, "priority", priority == Priority.NORMAL ? null : priority);
    return text.append(']').toString();
  }

  private static void add(StringBuilder text, String name, @Nullable Object value) {
    if (value != null) {
      text.append(text.charAt(text.length() - 1) == '[' ? "" : ", ");
      text.append(name).append('=').append(value);
    }
  }
}
