package campana.bench;

import campana.server.message.Fingerprint;
import campana.store.Buckets;
import campana.wire.MessageReplyOption;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Very many spaces, as rows in the form in which the program leaves them: each has a webhook, a
/// manager and ten messages of the last days, of which the second answers the first by its key. All
/// spaces' messages came mixed. Request ids of that time are forgotten by now.
///
/// Each person manages 50 spaces; one is a member of a thousand, and the owner of ten.
final class Crowd {
  static final String KEY = "AIzaCrowdCrowdCrowdCrowdCrowdCrowdCrowd";
  static final int MESSAGES = 10;
  static final int ALIKE = 1_000; // spaces that stand in every crowd
  static final String OWNER = "owner";
  static final String BUSY = "busy"; // a member of a thousand spaces

  private static final String TOKEN = "bench";
  private static final String WEBHOOK = "aBcDeFgHiJk"; // an id is the space's own
  static final String THREAD_KEY = "disk";
  private static final int SPACES_A_PERSON = 50;
  private static final int OWNERS_SPACES = 10;
  private static final long STEP = 48_271; // as Requests visits them: no neighbours
  private static final long DAY = 86_400_000;
  private static final String ID_CHARS = "abcdefghijklmnopqrstuvwxyz012345";

  final int spaces;
  private final int[] visits; // of each space, at which place it is visited
  private final Integer[] sorted; // as the tables sort them
  private final long begun;

  /// @param rows how many
  /// @param row the n-th, from 0
  record Table(String name, String columns, long rows, LongFunction<@Nullable Object[]> row) {}

  /// @param spaces at least [#ALIKE], not divisible by 48271
  /// @param now the messages are older, by one to ten days
  Crowd(int spaces, long now) {
    this.spaces = spaces;
    this.begun = now - 10 * DAY;
    this.visits = new int[spaces];
    for (var i = 0; i < spaces; i++) {
      visits[visited(i)] = i;
    }
    this.sorted = IntStream.range(0, spaces).boxed().toArray(Integer[]::new);
    Arrays.sort(
        sorted, Comparator.<Integer>comparingInt(n -> Buckets.of(id(n))).thenComparing(Crowd::id));
  }

  /// As good as drawn, and the same in every crowd.
  static String id(long number) {
    var bits = (number + 1) * 0x9E3779B97F4A7C15L & (1L << 40) - 1;
    var id = new StringBuilder("cmp");
    for (var i = 35; i >= 0; i -= 5) {
      id.append(ID_CHARS.charAt((int) (bits >> i) & 31));
    }
    return id.toString();
  }

  /// What is posted to.
  static String path(int number) {
    return "/v1/spaces/" + id(number) + "/messages?key=" + KEY + "&token=" + TOKEN;
  }

  static List<String> paths(int count) {
    return IntStream.range(0, count).mapToObj(Crowd::path).toList();
  }

  /// A session's or a token's secret.
  static String secret(String person) {
    return "secret-of-" + person;
  }

  static String manager(int space) {
    return "person" + space / SPACES_A_PERSON;
  }

  private int visited(long at) {
    return (int) ((at * STEP + 11) % spaces);
  }

  private long people() {
    return 1L + (spaces - 1) / SPACES_A_PERSON;
  }

  private long count() {
    return (long) spaces * MESSAGES;
  }

  /// In an order in which they may be filled.
  ///
  /// @param logged the tables of SQLite: a log, and what leads into it
  List<Table> tables(boolean logged) {
    var common =
        List.of(
            new Table(
                "person",
                "person_id, email, display_name, owner, chat_apps, language, create_time",
                people() + 2,
                i -> person(who(i), i == 0 ? 1 : 0)),
            new Table(
                "session",
                "token_hash, person_id, create_time, expire_time",
                people() + 2,
                i -> new Object[] {hash(secret(who(i))), who(i), begun, begun + 1000 * DAY}),
            new Table(
                "api_token",
                "token_id, token_hash, display_name, person_id, create_time",
                people() + 2,
                i -> new Object[] {"t-" + who(i), hash(secret(who(i))), "Bench", who(i), begun}),
            of(
                "space",
                "display_name, space_type, threading, quota_interval, quota_burst, create_time",
                n -> new Object[] {"Team " + n, "SPACE", "THREADED_MESSAGES", 1L, 1000L, begun}),
            members(),
            of(
                "webhook",
                "webhook_id, display_name, avatar_url, token_hash, token_sealed, create_time,"
                    + " last_use_time",
                n ->
                    new Object[] {
                      WEBHOOK, "Bell", "", hash(TOKEN), "", begun, created(entry(n, MESSAGES))
                    }),
            of(
                "thread_key",
                "key_hash, thread, bind_time",
                n ->
                    new Object[] {
                      Fingerprint.of(id(n), WEBHOOK, THREAD_KEY).bytes(), 1L, created(entry(n, 1))
                    }));
    var own =
        logged
            ? Stream.of(
                new Table(
                    "message",
                    "entry, bucket, space_id, position, thread, webhook_id, create_time,"
                        + " quota_state, content, previous, jump, thread_key, reply_option, binds",
                    count(),
                    this::logged),
                of(
                    "space_head",
                    "position, quota_state, path",
                    n ->
                        new Object[] {
                          (long) MESSAGES, created(entry(n, MESSAGES)) * 1000, trail(n)
                        }),
                of("reply_at", "thread, position, entry", n -> new Object[] {1L, 2L, entry(n, 2)}),
                new Table(
                    "setting",
                    "name, value",
                    1,
                    _ -> new Object[] {"messages.filed", Long.toString(count())}))
            : Stream.of(
                new Table(
                    "message",
                    "bucket, space_id, position, thread, webhook_id, create_time, quota_state,"
                        + " content, thread_key, reply_option",
                    count(),
                    this::keyed));
    return Stream.concat(common.stream(), own).toList();
  }

  /// A table of a row for each space, in order of their keys.
  private Table of(String name, String columns, LongFunction<Object[]> row) {
    return new Table(
        name,
        "bucket, space_id, " + columns,
        spaces,
        i -> {
          var number = sorted[(int) i];
          return Stream.concat(Stream.of(place(number)), Arrays.stream(row.apply(number)))
              .toArray();
        });
  }

  private static Object[] place(int number) {
    return new Object[] {(long) Buckets.of(id(number)), id(number)};
  }

  private Table members() {
    return new Table(
        "member",
        "bucket, space_id, person_id, manager, create_time",
        (long) spaces + ALIKE + OWNERS_SPACES,
        i -> {
          var number = i < spaces ? sorted[(int) i] : (int) (i - spaces) % ALIKE;
          var who = i < spaces ? manager(number) : i < spaces + ALIKE ? BUSY : OWNER;
          return new Object[] {place(number)[0], id(number), who, i < spaces ? 1L : 0L, begun};
        });
  }

  private String who(long i) {
    return i == 0 ? OWNER : i > people() ? BUSY : "person" + (i - 1);
  }

  private Object[] person(String id, long owner) {
    return new Object[] {id, "", "Ms " + id, owner, 1L, "en", begun + 1 - owner};
  }

  /// Where a space's message stands among all, from 1.
  private long entry(long number, long position) {
    return position < 1 ? 0 : (position - 1) * spaces + visits[(int) number] + 1;
  }

  private long created(long entry) {
    return begun + entry * (9 * DAY) / count();
  }

  private @Nullable Object[] logged(long at) {
    var number = visited(at % spaces);
    var position = at / spaces + 1;
    var entry = at + 1;
    return new @Nullable Object[] {
      entry,
      place(number)[0],
      id(number),
      position,
      position == 2 ? 1 : position,
      WEBHOOK,
      created(entry),
      created(entry) * 1000,
      content(entry),
      entry(number, position - 1),
      entry(number, jumpFrom(position)),
      position > 2 ? null : THREAD_KEY,
      position > 2 ? null : (long) option(),
      position == 1 ? 1L : null
    };
  }

  private @Nullable Object[] keyed(long at) {
    var number = visited(at % spaces);
    var position = at / spaces + 1;
    return new @Nullable Object[] {
      place(number)[0],
      id(number),
      position,
      position == 2 ? 1 : position,
      WEBHOOK,
      created(at + 1),
      created(at + 1) * 1000,
      content(at + 1),
      position > 2 ? null : THREAD_KEY,
      position > 2 ? null : (long) option()
    };
  }

  private static int option() {
    return MessageReplyOption.REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD.number();
  }

  private static byte[] content(long entry) {
    var number = Long.toString(1_000_000_000_000L + entry).substring(1);
    return ("{\"text\":\"Disk 92 % full on db-" + number + "\"}")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private String trail(long number) {
    var path = new StringBuilder();
    for (var at = (long) MESSAGES; at > 0; at = jumpFrom(at)) {
      path.append(path.isEmpty() ? "" : " ").append(entry(number, at));
    }
    return path.toString();
  }

  /// As the log's messages lead to one another: see the record of that decision.
  private static long jumpFrom(long position) {
    var weight = Long.highestOneBit(position + 1) - 1;
    for (var rest = position - weight; rest > 0; rest -= weight) {
      while (weight > rest) {
        weight >>= 1;
      }
    }
    return position - weight;
  }

  /// As the program keeps a secret for its check.
  static String hash(String secret) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }
}
