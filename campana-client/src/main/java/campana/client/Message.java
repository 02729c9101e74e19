package campana.client;

import campana.client.card.Button;
import campana.client.card.ButtonList;
import campana.client.card.Card;
import campana.client.card.Violation;
import campana.client.text.Utf8;
import campana.wire.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is posted: text, cards, or both. Immutable.
 *
 * <pre>{@code
 * Message.text("Backup of *db-1* is done");
 * Message.plain(lineOfALog);
 * Message.builder().text("Build 88 failed").card(card).fallbackText("Build 88 failed").build();
 * }</pre>
 *
 * <p><b>What is refused, and when.</b> What is wrong with a card, or with the builder's parts, is
 * told when the message is made, by an {@link InvalidMessageException}. What depends on how much
 * the words are, the size and whether there are any, does not fail then: {@link #violations()}
 * tells it, {@link #split()} and {@link #cut()} mend it, and a message that was neither split nor
 * cut is refused when it is sent, before a byte leaves. Nothing is ever shortened unasked.
 *
 * <p>The size is counted as the server counts it (docs/protocol.md, «Limits»): UTF-8 of the text
 * and the fallback text, and of the compact JSON of cards and accessory buttons; at most {@value
 * Limits#MESSAGE_BYTES} bytes.
 */
public final class Message {
  private final Body body;

  Message(Body body) {
    this.body = body;
  }

  /**
   * A message of text alone; Chat's markup in it is drawn (see {@link Markup}).
   *
   * @param text of any length; an empty one is refused when it is sent
   */
  public static Message text(String text) {
    return new Message(new BuiltBody(Utf8.mended(text), "", List.of(), List.of()));
  }

  /**
   * A message of foreign words: a line of a log, a user's input. They are shown as they are;
   * nothing in them mentions, links or formats. The same as {@code text(Markup.escape(words))}.
   */
  public static Message plain(String words) {
    return text(Markup.escape(words));
  }

  /**
   * A message of one card.
   *
   * @throws InvalidMessageException if the server would refuse the card
   */
  public static Message card(Card card) {
    return builder().card(card).build();
  }

  /**
   * A message as JSON, for what this class does not know. Sent as it is, unknown fields included;
   * only the thread that a call asks for is put in.
   *
   * @param json one JSON object in the form of the wire (docs/protocol.md, «Body»)
   * @throws InvalidMessageException if it is no JSON, or no object; the reason says line and column
   */
  public static Message json(String json) {
    return new Message(RawBody.parse(json));
  }

  /** Makes a message of several parts. */
  public static Builder builder() {
    return new Builder();
  }

  /** The text; empty for a message without one, and for raw JSON. */
  public String text() {
    return body.text();
  }

  /**
   * How many bytes count against the limit of {@value Limits#MESSAGE_BYTES}.
   *
   * <p>Exact for messages that were built. Of raw JSON it is exact where that is written as the
   * server keeps it: enum values by name, numbers and booleans without quotes.
   */
  public int bytes() {
    return body.bytes();
  }

  /** Whether nothing stands against sending it. */
  public boolean fits() {
    return violations().isEmpty();
  }

  /** What the server would refuse; empty when all is right. */
  public List<Violation> violations() {
    List<Violation> found = new ArrayList<>();
    if (body.isEmpty()) {
      found.add(Violation.of("message", "Message cannot be empty."));
    }
    if (body.bytes() > Limits.MESSAGE_BYTES) {
      found.add(tooLong(body.bytes()));
    }
    return List.copyOf(found);
  }

  static Violation tooLong(int bytes) {
    return Violation.beyond(
        "message",
        bytes,
        Limits.MESSAGE_BYTES,
        "Message is longer than "
            + Limits.MESSAGE_BYTES
            + " bytes: text, fallback text, cards and accessory widgets have "
            + bytes
            + " together.");
  }

  /**
   * The message in as many messages as it takes; see {@link #split(int)}.
   *
   * @return this one alone when it fits
   * @throws InvalidMessageException if it is too large by its cards, or is raw JSON
   */
  public List<Message> split() {
    return split(Limits.MESSAGE_BYTES);
  }

  /**
   * The message in as many messages as it takes to keep each within a size. The text is parted at
   * ends of lines; within a line only where that line alone is too long, then between words, then
   * between characters, never inside one. A block of code that is parted is closed and opened
   * again; one that begins within a line begins with a zero width space where it would otherwise be
   * a quote, a list or a marker. Cards, fallback text and accessory buttons go with the last part.
   *
   * @param most bytes of each part, {@value Splitter#LEAST} to {@value Limits#MESSAGE_BYTES}; 4,096
   *     suits servers of old
   * @return this one alone when it fits; never empty
   * @throws IllegalArgumentException if {@code most} is out of its range
   * @throws InvalidMessageException if cards, fallback text and buttons alone leave no room for
   *     text, or if it is raw JSON and too large
   */
  public List<Message> split(int most) {
    if (Splitter.allowed(most) && body.bytes() <= most) {
      return List.of(this);
    }
    BuiltBody built = parted(most, false);
    int room = built.hasCards() ? most : most - built.rest();
    List<String> texts = Splitter.split(built.text(), room);
    List<Message> parts = new ArrayList<>();
    for (String text : texts) {
      parts.add(text(text));
    }
    String last = texts.get(texts.size() - 1);
    if (Utf8.length(last) + built.rest() <= most) {
      parts.set(parts.size() - 1, new Message(built.with(last)));
    } else {
      parts.add(new Message(built.with("")));
    }
    return List.copyOf(parts);
  }

  /**
   * The message with its text cut so that it fits; see {@link #cut(int)}.
   *
   * @return this one when it fits
   * @throws InvalidMessageException if it is too large by its cards, or is raw JSON
   */
  public Message cut() {
    return cut(Limits.MESSAGE_BYTES);
  }

  /**
   * The message with the end of its text cut off so that it keeps within a size, at the end of a
   * line where there is one. The last line then says so, as {@code … 1234 bytes cut}.
   *
   * @param most bytes of the whole, {@value Splitter#LEAST} to {@value Limits#MESSAGE_BYTES}
   * @return this one when it fits
   * @throws IllegalArgumentException if {@code most} is out of its range
   * @throws InvalidMessageException if cards, fallback text and buttons alone leave no room for
   *     text, or if it is raw JSON and too large
   */
  public Message cut(int most) {
    if (Splitter.allowed(most) && body.bytes() <= most) {
      return this;
    }
    BuiltBody built = parted(most, true);
    return new Message(built.with(Splitter.cut(built.text(), most - built.rest())));
  }

  /**
   * The body, if its text may be parted.
   *
   * @param together whether text and cards have to stay in one message
   */
  private BuiltBody parted(int most, boolean together) {
    if (body instanceof BuiltBody) {
      BuiltBody built = (BuiltBody) body;
      int text = built.hasCards() && !together ? 0 : Splitter.LEAST;
      if (built.rest() + text <= most) {
        return built;
      }
    }
    throw new InvalidMessageException(List.of(tooLong(body.bytes())));
  }

  /**
   * The request's body.
   *
   * @throws InvalidMessageException if {@link #violations()} has any
   */
  String toJson(Optional<String> threadKey, Optional<String> threadName) {
    List<Violation> violations = violations();
    if (!violations.isEmpty()) {
      throw new InvalidMessageException(violations);
    }
    return body.toJson(threadKey, threadName);
  }

  /** Messages are equal when they say the same in the same way. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Message
        && body.toJson(Optional.empty(), Optional.empty())
            .equals(((Message) other).body.toJson(Optional.empty(), Optional.empty()));
  }

  @Override
  public int hashCode() {
    return body.toJson(Optional.empty(), Optional.empty()).hashCode();
  }

  /** Its size alone: what is written to people does not belong into logs. */
  @Override
  public String toString() {
    return "message of " + bytes() + " bytes";
  }

  /** Gathers the parts of a message. Not for use by several threads at once. */
  public static final class Builder {
    private String text = "";
    private String fallbackText = "";
    private final List<BuiltBody.Entry> cards = new ArrayList<>();
    private final List<Button> buttons = new ArrayList<>();

    private Builder() {}

    /** The text, with Chat's markup (see {@link Markup}); the last one given counts. */
    public Builder text(String markup) {
      text = Utf8.mended(markup);
      return this;
    }

    /** The text as foreign words: nothing in them mentions, links or formats. */
    public Builder plain(String words) {
      return text(Markup.escape(words));
    }

    /**
     * Adds a card. Where there are several and one has no id, it gets one by its place.
     *
     * <p>A message has at most {@value Limits#CARDS_PER_MESSAGE} cards.
     */
    public Builder card(Card card) {
      return card("", card);
    }

    /**
     * Adds a card with an id.
     *
     * @param cardId differs from those of the message's other cards; empty for none
     */
    public Builder card(String cardId, Card card) {
      cards.add(new BuiltBody.Entry(Utf8.mended(cardId), card));
      return this;
    }

    /** The plain words for where cards are not drawn: notifications, older apps, searches. */
    public Builder fallbackText(String words) {
      fallbackText = Utf8.mended(words);
      return this;
    }

    /**
     * Adds a button below the message. Google's reference knows these for Chat apps; whether it
     * draws them for webhooks is not said, so what must be reached belongs into the text or a card.
     */
    public Builder accessory(Button button) {
      buttons.add(button);
      return this;
    }

    /**
     * The message.
     *
     * @throws InvalidMessageException if it has neither text nor cards, or the server would refuse
     *     one of its parts; the size is not looked at
     */
    public Message build() {
      List<ButtonList> accessories =
          buttons.isEmpty() ? List.of() : List.of(ButtonList.of(buttons.toArray(new Button[0])));
      BuiltBody body = new BuiltBody(text, fallbackText, named(), accessories);
      List<Violation> violations = body.violations();
      if (!violations.isEmpty()) {
        throw new InvalidMessageException(violations);
      }
      return new Message(body);
    }

    private List<BuiltBody.Entry> named() {
      List<BuiltBody.Entry> named = new ArrayList<>();
      for (BuiltBody.Entry entry : cards) {
        boolean needed = cards.size() > 1 && entry.id().isEmpty();
        named.add(needed ? new BuiltBody.Entry("card-" + (named.size() + 1), entry.card()) : entry);
      }
      return named;
    }
  }
}
