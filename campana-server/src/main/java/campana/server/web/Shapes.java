package campana.server.web;

import campana.server.message.Message;
import campana.server.people.ApiToken;
import campana.server.people.Person;
import campana.server.policy.Policy;
import campana.server.quota.QuotaRate;
import campana.server.space.Member;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import campana.server.space.ThreadingState;
import campana.server.webhook.Webhook;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Resources as Google's clients know them: proto JSON names, fields that are empty left out.
final class Shapes {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Shapes() {}

  /// @param usual the quota of a space without one of its own
  static Map<String, Object> space(Space space, QuotaRate usual, String base) {
    var shape = new LinkedHashMap<String, Object>();
    var direct = space.type() == SpaceType.DIRECT_MESSAGE;
    shape.put("name", space.name());
    shape.put("type", direct ? "DM" : "ROOM");
    shape.put("spaceType", space.type().name());
    if (!space.displayName().isEmpty()) {
      shape.put("displayName", space.displayName());
    }
    if (space.threading() == ThreadingState.THREADED_MESSAGES) {
      shape.put("threaded", true);
    }
    shape.put("spaceThreadingState", space.threading().name());
    if (!space.description().isEmpty()) {
      shape.put("spaceDetails", Map.of("description", space.description()));
    }
    shape.put("createTime", space.createTime().toString());
    shape.put("spaceUri", base + "/" + space.name());
    var rate = space.quota() == null ? usual : space.quota();
    var quota = new LinkedHashMap<String, Object>();
    quota.put("rate", rate.text());
    quota.put("burst", rate.burst());
    shape.put("quota", quota);
    return shape;
  }

  static Map<String, Object> member(Member member) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("name", member.name());
    shape.put("state", "JOINED");
    shape.put("role", member.manager() ? "ROLE_MANAGER" : "ROLE_MEMBER");
    var user = new LinkedHashMap<String, Object>();
    user.put("name", member.person().name());
    user.put("displayName", member.person().displayName());
    user.put("type", "HUMAN");
    shape.put("member", user);
    shape.put("createTime", member.createTime().toString());
    return shape;
  }

  /// @param webhook who posted it; null where that is not known any more
  static Map<String, Object> message(Message message, @Nullable Webhook webhook) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("name", message.name());
    shape.put("sender", sender(message, webhook));
    shape.put("createTime", message.createTime().toString());
    if (message.content().length > 0) {
      JsonNode content = JSON.readTree(message.content());
      content.properties().forEach(field -> shape.put(field.getKey(), field.getValue()));
      shape.remove("thread");
      if (content.has("text")) {
        shape.put("argumentText", content.get("text"));
      }
    }
    var thread = new LinkedHashMap<String, Object>();
    thread.put("name", message.threadName());
    if (!message.threadKey().isEmpty()) {
      thread.put("threadKey", message.threadKey());
    }
    shape.put("thread", thread);
    shape.put("space", Map.of("name", "spaces/" + message.spaceId()));
    if (message.reply()) {
      shape.put("threadReply", true);
    }
    if (!message.messageId().isEmpty()) {
      shape.put("clientAssignedMessageId", message.messageId());
    }
    if (message.removeTime() != null) {
      shape.put("deleteTime", message.removeTime().toString());
    }
    if (message.removedBy() != null) {
      shape.put("deletionMetadata", Map.of("deletionType", "SPACE_OWNER"));
    }
    return shape;
  }

  private static Map<String, Object> sender(Message message, @Nullable Webhook webhook) {
    var sender = new LinkedHashMap<String, Object>();
    // Google's users are digits: these are the webhook's own, the same each time.
    var seed = (message.spaceId() + "/" + message.webhookId()).getBytes(StandardCharsets.UTF_8);
    var digits = UUID.nameUUIDFromBytes(seed).getMostSignificantBits() & Long.MAX_VALUE;
    sender.put("name", "users/1%019d".formatted(digits));
    if (webhook != null) {
      sender.put("displayName", webhook.displayName());
    }
    sender.put("type", "BOT");
    return sender;
  }

  /// @param url whole and secret
  static Map<String, Object> webhook(Webhook webhook, String url) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("name", webhook.name());
    shape.put("displayName", webhook.displayName());
    if (!webhook.avatarUrl().isEmpty()) {
      shape.put("avatarUrl", webhook.avatarUrl());
    }
    shape.put("url", url);
    shape.put("createTime", webhook.createTime().toString());
    if (webhook.lastUseTime() != null) {
      shape.put("lastUseTime", webhook.lastUseTime().toString());
    }
    return shape;
  }

  static Map<String, Object> person(Person person) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("name", person.name());
    if (!person.email().isEmpty()) {
      shape.put("email", person.email());
    }
    shape.put("displayName", person.displayName());
    shape.put("owner", person.owner());
    shape.put("chatApps", person.chatApps());
    shape.put("createTime", person.createTime().toString());
    return shape;
  }

  static Map<String, Object> token(ApiToken token) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("name", token.name());
    shape.put("displayName", token.displayName());
    shape.put("user", "users/" + token.personId());
    shape.put("createTime", token.createTime().toString());
    return shape;
  }

  static Map<String, Object> policy(Policy policy, boolean pinned) {
    var shape = new LinkedHashMap<String, Object>();
    shape.put("webhooks", policy.webhooks());
    shape.put("webhooksInDirectMessages", policy.webhooksInDirectMessages());
    shape.put("pinned", pinned);
    return shape;
  }
}
