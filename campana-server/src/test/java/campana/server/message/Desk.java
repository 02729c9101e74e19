package campana.server.message;

import campana.form.Draft;
import campana.server.feed.SpaceFeed;
import campana.server.quota.QuotaRate;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.server.store.ChatSchema;
import campana.server.store.SqlMessages;
import campana.server.webhook.Webhook;
import campana.testkit.FreshDatabase;
import campana.testkit.Kind;
import campana.testkit.ManualClock;
import campana.wire.MessageReplyOption;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;

/// A desk over a real database, two webhooks of one space, and short words for posts.
final class Desk implements AutoCloseable {
  static final QuotaRate FREE = new QuotaRate(Duration.ofNanos(1000), 1000);
  static final Space SPACE =
      new Space(
          "cmpSpaceOfOurs",
          "Ops",
          "",
          SpaceType.SPACE,
          ThreadingState.THREADED_MESSAGES,
          FREE,
          ManualClock.NOON,
          null);
  static final Webhook MINE = webhook("w1");
  static final Webhook THEIRS = webhook("w2");

  final ManualClock clock;
  final FreshDatabase fresh;
  final SpaceFeed feed = new SpaceFeed();
  final SqlMessages messages;
  final MessageDesk desk;
  PostRules rules = PostRules.DEFAULT;

  Desk(Kind kind, Path folder) {
    this(
        FreshDatabase.of(kind, folder, ChatSchema.FILE, ChatSchema.migrations()),
        new ManualClock());
  }

  Desk(FreshDatabase fresh, ManualClock clock) {
    this.fresh = fresh;
    this.clock = clock;
    messages = SqlMessages.open(fresh.database(), new SecureRandom(), clock, feed);
    desk = new MessageDesk(messages.ledger(), messages, messages.ids(), () -> rules, clock);
  }

  static Webhook webhook(String id) {
    return new Webhook(SPACE.id(), id, "Webhook " + id, "", ManualClock.NOON, null);
  }

  static Space space(SpaceType type, ThreadingState threading) {
    return new Space("cmpOtherSpace1", "", "", type, threading, FREE, ManualClock.NOON, null);
  }

  static Space withQuota(QuotaRate rate) {
    return new Space(
        SPACE.id(), "Ops", "", SPACE.type(), SPACE.threading(), rate, ManualClock.NOON, null);
  }

  static Draft plain(String text) {
    return draft(text, "", "", MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED, "", "");
  }

  static Draft draft(
      String text,
      String key,
      String threadName,
      MessageReplyOption option,
      String requestId,
      String messageId) {
    var content = ("{\"text\":\"" + text + "\"}").getBytes(StandardCharsets.UTF_8);
    return new Draft(text, content, key, threadName, option, requestId, messageId);
  }

  static Draft keyed(String text, String key, MessageReplyOption option) {
    return draft(text, key, "", option, "", "");
  }

  static Draft requested(String text, String requestId) {
    return draft(text, "", "", MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED, requestId, "");
  }

  Posted post(Draft draft) {
    clock.advance(Duration.ofMillis(1)); // the free quota has a slot again
    return desk.post(SPACE, MINE, draft);
  }

  Message created(Draft draft) {
    return created(post(draft));
  }

  static Message created(Posted posted) {
    if (posted instanceof Posted.Created(var message)) {
      return message;
    }
    throw new AssertionError("wanted Created, got " + posted);
  }

  long stored() {
    return messages.lastPosition(SPACE.id());
  }

  /// The same data after an orderly stop and a start.
  Desk restarted() {
    messages.close();
    return new Desk(fresh.reopened(), clock);
  }

  /// The same data as a kill would have left it now; this one goes on.
  Desk killed(Path copy) {
    return new Desk(fresh.copiedTo(copy), clock);
  }

  @Override
  public void close() {
    messages.close();
    feed.close();
    fresh.close();
  }
}
