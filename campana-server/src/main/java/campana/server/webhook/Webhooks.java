package campana.server.webhook;

import campana.server.Change;
import campana.server.policy.Policies;
import campana.server.space.Space;
import campana.server.space.SpaceIds;
import campana.server.space.SpaceType;
import campana.server.space.Spaces;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Webhooks of all spaces, and the check of a post's credentials. Safe for use by many threads.
///
/// Admission is answered from memory. What stands there is dropped by the thread that commits a
/// change, before the change is answered, so a change holds for every request that begins after.
public final class Webhooks {
  /// Bounds the time that admission takes, as it looks at all of them.
  static final int MOST_PER_SPACE = 200;

  private static final int NAME_CHARS = 128;
  private static final int AVATAR_URL_CHARS = 2_000;
  private static final int TOKEN_BYTES = 32;

  /// Spaces and webhooks whose doors are kept, both counted. A space with one webhook takes about a
  /// kilobyte; so this is at most a quarter of the heap.
  private static final long DOORS_IN_MEMORY = Runtime.getRuntime().maxMemory() / 2048;

  private static final int DRAWS = 8;

  private final WebhookStore store;
  private final Spaces spaces;
  private final Policies policies;
  private final Secrets secrets;
  private final String key;
  private final byte[] keyBytes;
  private final Supplier<String> base;
  private final InstantSource clock;
  private final RandomGenerator chance;
  private final LastUses lastUses;
  private final Doorkeeper doors;

  /// @param key the API key that stands in every URL of this server
  /// @param base what URLs begin with, without a slash at the end
  /// @param chance draws ids and tokens; must not be guessable
  public Webhooks(
      WebhookStore store,
      Spaces spaces,
      Policies policies,
      Secrets secrets,
      String key,
      Supplier<String> base,
      InstantSource clock,
      RandomGenerator chance) {
    this.store = store;
    this.spaces = spaces;
    this.policies = policies;
    this.secrets = secrets;
    this.key = key;
    this.keyBytes = key.getBytes(StandardCharsets.UTF_8);
    this.base = base;
    this.clock = clock;
    this.chance = chance;
    this.lastUses = new LastUses(store::used);
    this.doors = new Doorkeeper(store, DOORS_IN_MEMORY);
    spaces.onChange(doors::changed);
  }

  /// Says whose URL this is and whether it may post here now.
  ///
  /// @param key null or empty: none was given
  /// @param token null or empty: none was given
  public Admission admit(String spaceId, @Nullable String key, @Nullable String token) {
    if (key == null || key.isEmpty()) {
      return new Admission.NoKey();
    }
    if (!MessageDigest.isEqual(keyBytes, key.getBytes(StandardCharsets.UTF_8))) {
      return new Admission.BadKey();
    }
    if (token == null || token.isEmpty()) {
      return new Admission.NoToken();
    }
    var hash = hash(token);
    var here = doorsWith(spaceId, hash);
    var stored = here == null ? null : here.of(hash);
    if (here == null || stored == null) {
      return new Admission.BadToken();
    }
    if (here.space().deleted()) {
      return new Admission.SpaceGone();
    }
    return forbidden(here.space(), here.appsOn()) == null
        ? new Admission.Admitted(here.space(), stored.webhook(), stored.lastUse())
        : new Admission.Forbidden();
  }

  /// The space's doors, read anew where they do not have this webhook and that is not done too
  /// often.
  private @Nullable Doors doorsWith(String spaceId, byte[] hash) {
    var here = doors.of(spaceId);
    return here == null || here.of(hash) != null ? here : doors.again(spaceId, here);
  }

  /// What stands in the way of webhooks in this space; null: nothing.
  private @Nullable String forbidden(Space space, boolean appsOn) {
    var policy = policies.current();
    if (!policy.webhooks()) {
      return "Your organization does not allow webhooks";
    }
    if (space.type() != SpaceType.DIRECT_MESSAGE) {
      return null;
    }
    if (!policy.webhooksInDirectMessages()) {
      return "Your organization does not allow webhooks in direct messages";
    }
    return appsOn
        ? null
        : "A direct message takes webhooks only while every member has Chat apps on";
  }

  /// Reads the next spaces' credentials into memory before anybody posts there.
  ///
  /// @param after the last space of the call before, at first empty
  /// @return the ids of those spaces; none once all are read, or as many as there is room for
  public List<String> remember(String after, int limit) {
    return doors.remember(after, limit);
  }

  /// Drops what other processes may have changed of webhooks and their spaces.
  public void look() {
    doors.look();
  }

  /// What forbids adding a webhook to this space now, in words for people; empty: nothing does.
  public Optional<String> forbiddenIn(Space space) {
    return Optional.ofNullable(forbidden(space, spaces.allHaveChatApps(space.id())));
  }

  /// Adds a webhook to a space, with a token of its own.
  ///
  /// @param avatarUrl empty: none
  public Change<Webhook> create(Space space, String displayName, String avatarUrl) {
    return add(space, displayName, avatarUrl, newToken());
  }

  /// Adds a webhook that keeps the token it had elsewhere, so that its URL stays as it was but for
  /// the host.
  public Change<Webhook> importToken(
      Space space, String displayName, String avatarUrl, String token) {
    if (token.length() < 16 || token.length() > 512) {
      return new Change.Wrong<>("token", "A token has 16 to 512 characters");
    }
    return add(space, displayName, avatarUrl, token);
  }

  private Change<Webhook> add(Space space, String displayName, String avatarUrl, String token) {
    if (space.deleted()) {
      return new Change.Missing<>();
    }
    var name = displayName.strip();
    var avatar = avatarUrl.strip();
    var wrong = checkName(name);
    if (wrong == null) {
      wrong = checkAvatar(avatar);
    }
    if (wrong != null) {
      return wrong;
    }
    var forbidden = forbidden(space, spaces.allHaveChatApps(space.id()));
    if (forbidden != null) {
      return new Change.Forbidden<>(forbidden);
    }
    if (store.list(space.id()).size() >= MOST_PER_SPACE) {
      return new Change.Wrong<>("webhook", "A space has at most " + MOST_PER_SPACE + " webhooks");
    }
    var now = Instant.ofEpochMilli(clock.millis());
    for (int draw = 0; draw < DRAWS; draw++) {
      var webhook = new Webhook(space.id(), SpaceIds.chars(chance, 11), name, avatar, now, null);
      if (store.insert(webhook, hash(token), secrets.seal(token))) {
        doors.changed(space.id());
        return new Change.Done<>(webhook);
      }
    }
    throw new IllegalStateException("no free webhook id in " + DRAWS + " draws");
  }

  private static Change.@Nullable Wrong<Webhook> checkName(String name) {
    var fits = !name.isEmpty() && name.codePointCount(0, name.length()) <= NAME_CHARS;
    return fits && name.chars().noneMatch(Character::isISOControl)
        ? null
        : new Change.Wrong<>(
            "webhook.displayName",
            "A webhook needs a name of 1 to " + NAME_CHARS + " characters on one line");
  }

  private static Change.@Nullable Wrong<Webhook> checkAvatar(String url) {
    var wish = "An avatar URL is empty or an http(s) address of at most 2000 characters";
    var wrong = new Change.Wrong<Webhook>("webhook.avatarUrl", wish);
    if (url.isEmpty()) {
      return null;
    }
    try {
      var uri = new URI(url);
      var scheme = uri.getScheme();
      var web = "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme);
      return web && uri.getHost() != null && url.length() <= AVATAR_URL_CHARS ? null : wrong;
    } catch (URISyntaxException e) {
      return wrong;
    }
  }

  /// The space's webhooks that are not deleted, oldest first.
  public List<Webhook> list(String spaceId) {
    return store.list(spaceId).stream().map(WebhookStore.Stored::webhook).toList();
  }

  /// The same with those that were deleted: who posted a message stays known.
  public List<Webhook> ever(String spaceId) {
    return store.ever(spaceId);
  }

  public Optional<Webhook> find(String spaceId, String id) {
    return store.find(spaceId, id).map(WebhookStore.Stored::webhook);
  }

  /// The webhook whose URL this is, whatever host stands in it. Empty also where the secret is
  /// wrong.
  public Optional<Webhook> findByToken(String spaceId, String token) {
    var hash = hash(token);
    var here = doorsWith(spaceId, hash);
    return here == null
        ? Optional.empty()
        : Optional.ofNullable(here.of(hash)).map(WebhookStore.Stored::webhook);
  }

  /// Changes name or avatar.
  ///
  /// @param displayName null: stays
  /// @param avatarUrl null: stays; empty: none any more
  public Change<Webhook> change(
      String spaceId, String id, @Nullable String displayName, @Nullable String avatarUrl) {
    var name = displayName == null ? null : displayName.strip();
    var avatar = avatarUrl == null ? null : avatarUrl.strip();
    var wrong = name == null ? null : checkName(name);
    if (wrong == null && avatar != null) {
      wrong = checkAvatar(avatar);
    }
    if (wrong != null) {
      return wrong;
    }
    var changed = store.change(spaceId, id, name, avatar);
    doors.changed(spaceId);
    return changed.<Change<Webhook>>map(Change.Done::new).orElseGet(Change.Missing::new);
  }

  /// Takes a webhook away: its URL is refused from now on, its messages stay.
  public Change<Webhook> delete(String spaceId, String id) {
    var webhook = find(spaceId, id);
    var done = store.delete(spaceId, id, Instant.ofEpochMilli(clock.millis()));
    doors.changed(spaceId);
    return done && webhook.isPresent() ? new Change.Done<>(webhook.get()) : new Change.Missing<>();
  }

  /// Gives a webhook a new token: the old URL is refused from now on.
  public Change<Webhook> rotate(String spaceId, String id) {
    var token = newToken();
    var done = store.setToken(spaceId, id, hash(token), secrets.seal(token));
    doors.changed(spaceId);
    return done
        ? find(spaceId, id).<Change<Webhook>>map(Change.Done::new).orElseGet(Change.Missing::new)
        : new Change.Missing<>();
  }

  /// The whole URL, a secret: for those who manage the space, never for a log. Empty if the webhook
  /// is gone.
  public String url(Webhook webhook) {
    return store
        .sealedToken(webhook.spaceId(), webhook.id())
        .map(secrets::open)
        .map(token ->
            base.get()
                + "/v1/spaces/"
                + webhook.spaceId()
                + "/messages?key="
                + key
                + "&token="
                + URLEncoder.encode(token, StandardCharsets.UTF_8))
        .orElse("");
  }

  /// Notes that the admitted webhook posted. In memory only, see [#writeLastUse].
  public void used(Admission.Admitted admitted, Instant when) {
    lastUses.note(admitted.lastUse(), when);
  }

  /// One round: writes down when webhooks were used. Belongs once a minute and before the end.
  public void writeLastUse() {
    lastUses.runOnce();
  }

  private String newToken() {
    var bytes = new byte[TOKEN_BYTES];
    chance.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
