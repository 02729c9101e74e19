package campana.server.message;

import campana.form.Draft;
import campana.server.quota.SpaceQuota;
import campana.server.space.Space;
import campana.server.webhook.Webhook;
import campana.wire.MessageReplyOption;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Takes posts. The order of its checks is the contract's (docs/protocol.md, «Order of checks»):
/// the thread's name, the request id, the thread, the message id, and the quota last, so that what
/// is refused uses nothing up.
public final class MessageDesk {
  private final Ledger ledger;
  private final Messages messages;
  private final MessageIds ids;
  private final Supplier<PostRules> rules;
  private final InstantSource clock;

  /// @param rules asked at every post, so that a change is effective with the next one
  public MessageDesk(
      Ledger ledger,
      Messages messages,
      MessageIds ids,
      Supplier<PostRules> rules,
      InstantSource clock) {
    this.ledger = ledger;
    this.messages = messages;
    this.ids = ids;
    this.rules = rules;
    this.clock = clock;
  }

  /// Stores the draft as a message of `webhook`, or says why not. Returns once that is on disk.
  public Posted post(Space space, Webhook webhook, Draft draft) {
    var judgedBy = rules.get();
    var named = ThreadName.parse(draft.threadName(), space.id(), ids);
    if (space.threaded() && draft.option() != MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED) {
      if (named instanceof ThreadName.Malformed) {
        return new Posted.BadThreadName();
      }
      if (judgedBy.strict() && named instanceof ThreadName.None && draft.threadKey().isEmpty()) {
        return new Posted.NoThreadGiven();
      }
    }
    var key = fingerprint(space, webhook, draft.threadKey());
    var request = fingerprint(space, webhook, draft.requestId());
    var thread = named instanceof ThreadName.Named(var position) ? position : 0;
    return ledger.decide(
        space.id(),
        new Ledger.Wants(request, key, thread, draft.messageId()),
        sheet -> decide(sheet, judgedBy, space, webhook, draft, named, key, request));
  }

  private static @Nullable Fingerprint fingerprint(Space space, Webhook webhook, String text) {
    return text.isEmpty() ? null : Fingerprint.of(space.id(), webhook.id(), text);
  }

  private Supplier<Posted> decide(
      Ledger.Sheet sheet,
      PostRules judgedBy,
      Space space,
      Webhook webhook,
      Draft draft,
      ThreadName named,
      @Nullable Fingerprint key,
      @Nullable Fingerprint request) {
    if (request != null) {
      var first = sheet.request(request);
      if (first != null) {
        return () -> new Posted.Repeated(messages.stored(space.id(), first));
      }
    }
    var target =
        space.threaded()
            ? Target.choose(sheet, draft.option(), named, key, judgedBy.startMissingThread())
            : Target.NEW;
    if (target.thread() < 0) {
      return Posted.NoSuchThread::new;
    }
    if (!draft.messageId().isEmpty() && sheet.messageIdTaken(draft.messageId())) {
      return Posted.MessageIdTaken::new;
    }
    var now = clock.instant();
    var rate = space.quota() == null ? judgedBy.quota() : space.quota();
    return switch (SpaceQuota.take(rate, sheet.quotaState(), now)) {
      case SpaceQuota.Later(var retryIn) -> () -> new Posted.OverQuota(retryIn);
      case SpaceQuota.Taken(var state) -> {
        var place =
            sheet.enter(
                new Ledger.Entry(
                    target.thread(),
                    webhook.id(),
                    now,
                    state,
                    draft.threadKey(),
                    draft.option(),
                    target.bind() ? key : null,
                    draft.requestId(),
                    request,
                    draft.messageId(),
                    draft.content()));
        yield () -> new Posted.Created(message(space, webhook, draft, place, now));
      }
    };
  }

  private Message message(
      Space space, Webhook webhook, Draft draft, Ledger.Place place, java.time.Instant now) {
    var names = ids.names(space.id(), place.thread(), place.position());
    return new Message(
        space.id(),
        place.position(),
        place.thread(),
        names.message(),
        names.thread(),
        webhook.id(),
        now.truncatedTo(java.time.temporal.ChronoUnit.MILLIS),
        draft.content(),
        draft.threadKey(),
        draft.option(),
        draft.messageId(),
        null,
        null);
  }
}
