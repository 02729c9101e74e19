package campana.relay.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What is read faster because it looks as it usually does is read as all else is.
class ShortcutsTest {
  private static final int MANY = 30_000;
  private static final List<String> ZONES =
      List.of(
          "Z",
          "z",
          "",
          "+02:00",
          "-05:30",
          "+18:00",
          "+19:00",
          "-00:00",
          "+0200",
          "+17:59:30",
          " UTC");
  private static final List<String> ODD =
      List.of(
          "", " ", "  ", "a", "Z", "~", "\u007F", "\t", "\n", "\u0000", "é", "\u00A0", "\u2028",
          "\u202E", "\uFEFF", "🔥", "\uD83D", "\uDD25", "<", ">", "&", "\"", "\\", "{", "}", "%",
          "%4", "%41", "%zz", "#", "?", "/", "@", ":", "|", "[", "]", "-", ".", "9", "١", "…");
  private static final List<String> ADDRESSES =
      List.of(
          "http://",
          "https://",
          "HTTPS://",
          "https:/",
          "ftp://",
          "https://a",
          "http://a.b:80",
          "https://a:",
          "https://a:99999999999",
          "https://u@b",
          "https://-a",
          "https://a..b/c",
          "https://[::1]/",
          "https://prom.example.org/graph?g0.expr=up&g0.tab=1#x",
          "https://é.org");

  private final Random random = new Random(4);

  private String two(int below) {
    return "%02d".formatted(random.nextInt(below));
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private String odd(String text) {
    var odd = new StringBuilder(text);
    for (int n = random.nextInt(3); n > 0; n--) {
      int at = random.nextInt(odd.length() + 1);
      odd.replace(at, Math.min(odd.length(), at + random.nextInt(3)), one(ODD));
    }
    return odd.toString();
  }

  private String time() {
    var fraction = "";
    if (random.nextBoolean()) {
      fraction = "." + "1234567890987".substring(0, random.nextInt(13));
    }
    var year = one(List.of("20", "19", "00", "99")) + two(100);
    var date = year + "-" + two(14) + "-" + two(33);
    return date + "T" + two(25) + ":" + two(61) + ":" + two(61) + fraction + one(ZONES);
  }

  private static Optional<Instant> byTheLibrary(String text) {
    var words = text.strip();
    try {
      if (words.length() < 8 || words.length() > 64) {
        return Optional.empty();
      }
      var at = Times.inGeneral(words);
      int year = at.atOffset(ZoneOffset.UTC).getYear();
      return year < 1970 || year > 9999 ? Optional.empty() : Optional.of(at);
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  @Test
  void a_time_is_the_one_that_the_library_reads() {
    int read = 0;
    for (int n = 0; n < MANY; n++) {
      var text = random.nextInt(3) == 0 ? odd(time()) : time();
      assertThat(Times.read(text)).as(text).isEqualTo(byTheLibrary(text));
      read += Times.read(text).isPresent() ? 1 : 0;
    }
    assertThat(read).isGreaterThan(MANY / 20);
    assertThat(Times.read("9999-12-31T23:59:59-01:00")).isEmpty();
    assertThat(Times.read("1970-01-01T00:00:00+00:01")).isEmpty();
    assertThat(Times.read("2024-02-29T23:59:59.5+01:00"))
        .contains(Instant.parse("2024-02-29T22:59:59.5Z"));
  }

  @Test
  void an_address_is_what_it_is_when_each_of_its_characters_is_looked_at() {
    same(() -> odd(one(ADDRESSES) + odd("/alerts?a=b")), WebAddress::tidy, WebAddress::tidied);
    assertThat(WebAddress.tidy("https://a.b/" + "c".repeat(2_000))).isEmpty();
  }

  @Test
  void a_part_of_a_query_is_encoded_as_the_library_does_it() {
    same(
        () -> odd("{alertname=\"Disk 92 % full\"}"),
        WebAddress::encoded,
        part -> URLEncoder.encode(part, UTF_8).replace("+", "%20"));
  }

  @Test
  void a_line_is_what_it_is_when_it_is_cleaned() {
    same(() -> odd("disk full"), line -> Plain.line(line, 9), line -> Plain.tidied(line, 9));
    same(() -> odd("a b"), line -> Plain.line(line, 100), line -> Plain.tidied(line, 100));
  }

  @Test
  void nothing_is_seen_of_what_is_blank() {
    for (int n = 0; n < MANY; n++) {
      var text = odd("");
      boolean blank =
          text.codePoints()
              .allMatch(c ->
                  Character.isWhitespace(c)
                      || Character.isSpaceChar(c)
                      || Character.isISOControl(c)
                      || Character.getType(c) == Character.FORMAT);
      assertThat(Plain.isBlank(text)).as(text).isEqualTo(blank);
    }
  }

  private static void same(
      Supplier<String> texts, Function<String, String> fast, Function<String, String> slow) {
    for (int n = 0; n < MANY; n++) {
      var text = texts.get();
      assertThat(fast.apply(text)).as(text).isEqualTo(slow.apply(text));
    }
  }
}
