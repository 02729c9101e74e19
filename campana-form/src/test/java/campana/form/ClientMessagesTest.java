package campana.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.client.InvalidMessageException;
import campana.client.Message;
import campana.client.WireBody;
import campana.client.card.Button;
import campana.client.card.Card;
import campana.client.card.Violation;
import campana.wire.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// The client counts and refuses as the binder does.
class ClientMessagesTest {
  static String json(Message message) {
    return WireBody.of(message, "", "");
  }

  static List<Violation> violations(ThrowingCallable making) {
    var found = new ArrayList<Violation>();
    assertThatThrownBy(making)
        .isInstanceOfSatisfying(
            InvalidMessageException.class, refused -> found.addAll(refused.violations()));
    return found;
  }

  /// The client's count is the binder's.
  static void sameSize(Message message) {
    assertThat(message.bytes()).isEqualTo(size(json(message).getBytes(UTF_8)));
  }

  private static int size(byte[] body) {
    var draft = Posts.accepted(Posts.FORM.read(body, Map.of()));
    return new Content((ObjectNode) Posts.JSON.readTree(draft.content())).size();
  }

  @Property(tries = 500)
  void any_text_has_the_size_that_the_binder_counts_and_arrives_as_it_is(@ForAll String words) {
    var message = Message.text(words + "x");
    sameSize(message);
    assertThat(Posts.accepted(json(message)).text()).isEqualTo(message.text());
  }

  @Property(tries = 300)
  void any_words_in_a_card_have_the_size_that_the_binder_counts(
      @ForAll String words, @ForAll("hex") String colour) {
    sameSize(
        Message.builder()
            .fallbackText(words)
            .card(
                Card.titled(words + "x")
                    .subtitle(words)
                    .section(s -> s.fact(words, words + "x").markdown(words + "x")))
            .accessory(Button.of(words + "x", "https://e.org/x").color(colour))
            .build());
  }

  @Provide
  Arbitrary<String> hex() {
    return Arbitraries.integers()
        .between(0, 0xFFFFFF)
        .map(colour -> String.format("#%06x", colour));
  }

  @Property(tries = 60)
  void at_the_limit_both_take_it_and_beyond_both_refuse_it_in_the_same_words(
      @ForAll @IntRange(min = -3, max = 3) int beyond, @ForAll("letters") String letter) {
    var rest = Message.card(Card.titled("t")).bytes();
    int room = Limits.MESSAGE_BYTES + beyond - rest;
    int unit = letter.getBytes(UTF_8).length;
    var text = letter.repeat(room / unit) + "a".repeat(room % unit);
    var message = Message.builder().text(text).card(Card.titled("t")).build();
    assertThat(message.bytes()).isEqualTo(Limits.MESSAGE_BYTES + beyond);
    assertThat(message.fits()).isEqualTo(beyond <= 0);
    if (beyond <= 0) {
      Posts.accepted(json(message));
      return;
    }
    var body =
        "{\"text\":\"" + text + "\",\"cardsV2\":[{\"card\":" + Card.titled("t").toJson() + "}]}";
    assertThat(violations(() -> json(message)))
        .singleElement()
        .satisfies(violation -> {
          assertThat(violation.field()).isEqualTo("message");
          assertThat(violation.reason()).isEqualTo(Posts.refusal(body));
          assertThat(violation.size()).hasValue(Limits.MESSAGE_BYTES + beyond);
          assertThat(violation.limit()).hasValue(Limits.MESSAGE_BYTES);
        });
  }

  @Provide
  Arbitrary<String> letters() {
    return Arbitraries.of("a", "é", "€", "😀");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n\t", "\u00A0", "\u200B\u2060"})
  void a_text_without_words_is_refused_by_both(String text) {
    assertThat(violations(() -> json(Message.text(text))))
        .singleElement()
        .extracting(Violation::reason)
        .isEqualTo(
            Posts.refusal("{\"text\":\"" + text.replace("\n", "\\n").replace("\t", "\\t") + "\"}"));
  }

  @Test
  void buttons_or_a_fallback_text_alone_are_an_empty_message_to_both() {
    assertThat(
            violations(() ->
                Message.builder()
                    .fallbackText("f")
                    .accessory(Button.of("b", "https://e.org"))
                    .build()))
        .singleElement()
        .extracting(Violation::reason)
        .isEqualTo(Posts.refusal("{\"fallbackText\":\"f\"}"));
  }

  @Test
  void half_a_surrogate_pair_is_replaced_as_the_binder_would_refuse_it() {
    var message = Message.text("a\uD83D b\uDE00");
    assertThat(Posts.accepted(json(message)).text()).isEqualTo("a\uFFFD b\uFFFD");
    sameSize(message);
  }

  @ParameterizedTest
  @MethodSource("campana.form.SendersTest#cases")
  void what_tools_send_counts_as_much_as_raw_json_of_the_client(SendersTest.Case sent)
      throws IOException {
    boolean strict = Posts.STRICT.read(sent.bytes(), Map.of()) instanceof Read.Accepted;
    var body = new String(sent.bytes(), UTF_8);
    boolean usual = !body.contains("{'") && !body.replace(" ", "").contains(":\"true\"");
    if (strict && usual) { // a link that was dropped would be missing in what is kept
      assertThat(Message.json(body).bytes()).isEqualTo(size(sent.bytes()));
    }
  }

  @Test
  void a_thread_put_into_raw_json_is_found_by_the_binder() {
    var raw =
        "{\"text\":\"a\",\"thread\":{\"thread_key\":\"old\",\"name\":\"spaces/A/threads/B\"}}";
    var draft = Posts.accepted(WireBody.of(Message.json(raw), "new", ""));
    assertThat(draft.threadKey()).isEqualTo("new");
    assertThat(draft.threadName()).isEmpty();
    assertThat(Posts.accepted(WireBody.of(Message.json(raw), "", "")).threadKey()).isEqualTo("old");
  }
}
