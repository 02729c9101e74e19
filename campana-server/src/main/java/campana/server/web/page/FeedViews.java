package campana.server.web.page;

import campana.server.draw.DrawingWords;
import campana.server.draw.MessageDrawing;
import campana.server.draw.MessageState;
import campana.server.message.Message;
import campana.server.message.ThreadSummary;
import campana.server.people.Person;
import campana.server.space.Member;
import campana.server.space.Space;
import campana.server.webhook.Webhook;
import campana.wire.MessageReplyOption;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Turns stored messages of one space into what one reader sees. For one page or one stream; not
/// for several threads.
///
/// A thread stands where its first message stands. An answer shows in that thread's own line; one
/// that comes [#NEAR] or more positions later would be missed there, so it also gets a line of its
/// own, the last one per thread.
final class FeedViews {
  /// Messages of one page.
  static final int PAGE = 60;

  /// Less than a page, so that a thread this near to the newest message is on every first page.
  static final int NEAR = 30;

  /// What a panel shows of a thread, at most.
  static final int THREAD = 500;

  private static final String WITH_OPTION =
      "&messageReplyOption=" + MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD;
  private static final Duration ONE_HEADER = Duration.ofMinutes(5);

  private final PageParts parts;
  private final Space space;
  private final Words w;
  private final Clockface clock;
  private final boolean manages;
  private final MessageDrawing drawing;
  private final Map<String, Webhook> webhooks = new HashMap<>();

  /// @param manages whether the reader may remove messages and see webhooks' URLs
  FeedViews(PageParts parts, Space space, Words w, Clockface clock, boolean manages) {
    this.parts = parts;
    this.space = space;
    this.w = w;
    this.clock = clock;
    this.manages = manages;
    this.drawing = new MessageDrawing(drawingWords(w), this::mention, parts.images());
  }

  private static DrawingWords drawingWords(Words w) {
    return new DrawingWords(
        lines -> w.say("draw.lines", lines),
        w.say("draw.more"),
        w.say("draw.less"),
        w.say("draw.menu"),
        w.say("draw.empty"),
        w.say("draw.links"),
        w.say("draw.input"),
        w.say("draw.image"));
  }

  private Optional<String> mention(String user) {
    return user.equals("users/all")
        ? Optional.of(w.say("mention.all"))
        : parts.spaces().members(space.id()).stream()
            .map(Member::person)
            .filter(person -> person.name().equals(user))
            .map(Person::displayName)
            .findFirst();
  }

  /// A page of the feed, oldest first.
  ///
  /// @param before shows what stands before this position; `Long.MAX_VALUE`: the newest
  Views.Feed page(long before) {
    var newest = parts.messages().latest(space.id(), before, PAGE + 1);
    var more = newest.size() > PAGE;
    var messages = newest.subList(0, Math.min(PAGE, newest.size())).reversed();
    var threads = threads(messages);
    var items = new ArrayList<Views.Item>();
    for (var message : messages) {
      var thread = threads.get(message.thread());
      if (!message.reply()) {
        add(items, incident(message, thread, last(items, message, thread)), message);
      } else if (thread != null && thread.lineOf == message.position()) {
        add(items, update(message, thread.summary), message);
      }
    }
    var older = more ? "/spaces/" + space.id() + "?before=" + messages.getFirst().position() : "";
    var last = messages.isEmpty() ? 0 : messages.getLast().position();
    return new Views.Feed(items, older, last);
  }

  /// What is known of a thread on this page.
  private static final class Known {
    private final ThreadSummary summary;
    private MessageState state = MessageState.NONE;
    private long lineOf; // the answer that gets a line of its own; 0: none

    private Known(ThreadSummary summary) {
      this.summary = summary;
    }

    /// The last word counts; a message that says nothing of the state leaves it.
    private void hear(Message message) {
      var said = message.removedBy() == null ? stateOf(message) : MessageState.NONE;
      state = said == MessageState.NONE ? state : said;
    }
  }

  private Map<Long, Known> threads(List<Message> messages) {
    var known = new TreeMap<Long, Known>();
    var ids = messages.stream().map(Message::thread).distinct().toList();
    parts.messages().summaries(space.id(), ids).forEach(s -> known.put(s.thread(), new Known(s)));
    if (messages.isEmpty()) {
      return known;
    }
    var first = messages.getFirst().position();
    var end = messages.getLast().position();
    for (var message : messages) {
      var thread = known.get(message.thread());
      if (thread != null) {
        thread.hear(message);
        if (message.reply() && (far(message) || message.thread() < first)) {
          thread.lineOf = message.position();
        }
      }
    }
    for (var thread : known.values()) { // of an older page: the thread went on after it
      if (thread.summary.lastPosition() > end) {
        parts.messages().at(space.id(), thread.summary.lastPosition()).ifPresent(thread::hear);
      }
    }
    return known;
  }

  private static boolean far(Message reply) {
    return reply.position() - reply.thread() >= NEAR;
  }

  private static MessageState stateOf(Message message) {
    return MessageDrawing.state(message.content());
  }

  private void add(List<Views.Item> items, Views.Item item, Message message) {
    var day = clock.date(message.createTime()).toString();
    var before =
        items.stream()
            .filter(Views.Day.class::isInstance)
            .map(i -> ((Views.Day) i).date())
            .reduce("", (a, b) -> b);
    if (!before.equals(day)) {
      items.add(new Views.Day(day, clock.day(message.createTime())));
    }
    items.add(item);
  }

  /// Whether this message shares the header line of what stands last.
  private boolean last(List<Views.Item> items, Message message, @Nullable Known thread) {
    return !items.isEmpty()
        && items.getLast() instanceof Views.Incident before
        && !over(thread)
        && !before.over()
        && before.replies() == 0
        && follows(before.webhookId(), before.epoch(), message);
  }

  private boolean follows(String webhookId, long epoch, Message message) {
    var then = Instant.ofEpochMilli(epoch);
    return webhookId.equals(message.webhookId())
        && !new String(message.content(), StandardCharsets.UTF_8)
            .contains("\"cards") // they need the width
        && Duration.between(then, message.createTime()).compareTo(ONE_HEADER) < 0
        && clock.date(then).equals(clock.date(message.createTime()));
  }

  private static boolean over(@Nullable Known thread) {
    return thread != null && thread.summary.replies() > 0 && thread.state == MessageState.RESOLVED;
  }

  private Views.Incident incident(Message root, @Nullable Known thread, boolean follows) {
    var replies = thread == null ? 0 : thread.summary.replies();
    var lastTime = thread == null ? root.createTime() : thread.summary.lastTime();
    var state = thread == null ? stateOf(root) : thread.state;
    var over = over(thread);
    var open = state == MessageState.FIRING || state == MessageState.WARNING;
    var until = over ? lastTime : parts.clock().instant();
    return new Views.Incident(
        line(root, follows),
        href(root.thread()),
        replies,
        clock.time(lastTime),
        over,
        Clockface.length(Duration.between(root.createTime(), until)),
        open ? root.createTime().toEpochMilli() : 0,
        state,
        root.webhookId(),
        root.createTime().toEpochMilli());
  }

  private Views.Update update(Message reply, ThreadSummary summary) {
    var root = parts.messages().at(space.id(), reply.thread());
    return new Views.Update(
        reply.thread(),
        line(reply, false),
        root.map(m -> MessageDrawing.plain(m.content())).filter(t -> !t.isEmpty()).orElse("…"),
        href(reply.thread()),
        summary.replies(),
        reply.createTime().toEpochMilli());
  }

  private String href(long thread) {
    return "/spaces/" + space.id() + "/threads/" + thread;
  }

  private Views.Line line(Message message, boolean follows) {
    var webhook = webhook(message.webhookId());
    var name = webhook == null ? "?" : webhook.displayName();
    var avatar = webhook == null ? "" : webhook.avatarUrl();
    var removed = message.removedBy();
    return new Views.Line(
        message.position(),
        name,
        Avatar.of(name, avatar.isEmpty() ? "" : parts.images().of(avatar).orElse("")),
        removed == null ? drawing.html(message.content()) : "",
        removed == null
            ? MessageDrawing.plain(message.content())
            : w.say("message.removed", removed),
        removed == null ? stateOf(message) : MessageState.NONE,
        clock.time(message.createTime()),
        clock.full(message.createTime()),
        message.createTime().toString(),
        follows,
        removed == null ? "" : removed,
        hint(message, webhook),
        manages && removed == null
            ? "/spaces/" + space.id() + "/messages/" + message.position() + "/remove"
            : "");
  }

  /// A key without an option starts a thread each time. Only who may see the URL gets the one with
  /// an option; empty also where the webhook is gone, and where spaces know no threads.
  private String hint(Message message, @Nullable Webhook webhook) {
    if (!manages || webhook == null || !message.keyWithoutOption() || !space.threaded()) {
      return "";
    }
    var url = parts.webhooks().url(webhook);
    return url.isEmpty() ? "" : url + WITH_OPTION;
  }

  private @Nullable Webhook webhook(String id) {
    if (!webhooks.containsKey(id)) {
      parts.webhooks().ever(space.id()).forEach(hook -> webhooks.put(hook.id(), hook));
    }
    return webhooks.get(id);
  }

  /// A thread in its panel: all of it, oldest first.
  Optional<Views.Panel> panel(long thread) {
    var messages = parts.messages().thread(space.id(), thread, THREAD);
    if (messages.isEmpty()) {
      return Optional.empty();
    }
    var items = new ArrayList<Views.Item>();
    var state = MessageState.NONE;
    for (var message : messages) {
      var said = message.removedBy() == null ? stateOf(message) : MessageState.NONE;
      state = said == MessageState.NONE ? state : said;
      var follows =
          !items.isEmpty()
              && items.getLast() instanceof Views.Reply before
              && follows(before.webhookId(), before.epoch(), message);
      add(items, reply(message, follows), message);
    }
    return Optional.of(new Views.Panel("/spaces/" + space.id(), thread, state, items));
  }

  Views.Reply reply(Message message, boolean follows) {
    return new Views.Reply(
        line(message, follows), message.webhookId(), message.createTime().toEpochMilli());
  }

  /// What a new message changes in the feed: its own place, its thread's, or a new line.
  Views.Item arrived(Message message) {
    if (message.reply() && far(message)) {
      return parts.messages().summaries(space.id(), List.of(message.thread())).stream()
          .findFirst()
          .<Views.Item>map(summary -> update(message, summary))
          .orElseGet(() -> standing(message));
    }
    return standing(message);
  }

  /// The thread of this message as it stands now.
  Views.Item standing(Message message) {
    var thread = parts.messages().thread(space.id(), message.thread(), THREAD);
    var known =
        parts.messages().summaries(space.id(), List.of(message.thread())).stream()
            .findFirst()
            .map(Known::new)
            .orElse(null);
    if (known == null || thread.isEmpty() || thread.getFirst().reply()) {
      return incident(message, null, false);
    }
    thread.forEach(known::hear);
    return incident(thread.getFirst(), known, false);
  }
}
