package campana.client.card;

import campana.client.text.Links;
import java.util.Objects;

/**
 * Formatted words for a card: the small HTML that card text knows, built from plain pieces so that
 * none of them can break out of its place. Immutable; each method appends to a copy.
 *
 * <pre>{@code
 * CardText.of("Disk of ").bold(host).text(" is ").color("#d93025", "full")
 * }</pre>
 *
 * <p>It is not the markup of a message's text: {@code *bold*} means nothing here.
 */
public final class CardText {
  private static final CardText NOTHING = new CardText("");

  private final String html;

  private CardText(String html) {
    this.html = html;
  }

  /** Plain words; nothing in them is read as HTML. Line breaks stay. */
  public static CardText of(String words) {
    return NOTHING.text(words);
  }

  /**
   * HTML as it is, for what the other methods do not know.
   *
   * @param html may use {@code b, i, u, s, font color, a href, time, br}, in a text paragraph also
   *     {@code code, pre, ul, ol, li}; other tags are dropped by the reader's side and their words
   *     stay. Foreign words in it go through {@link #escape} first.
   */
  public static CardText html(String html) {
    return new CardText(Objects.requireNonNull(html));
  }

  /** Appends plain words. */
  public CardText text(String words) {
    return plus(escape(words));
  }

  /** Appends bold words. */
  public CardText bold(String words) {
    return tag("b", words);
  }

  /** Appends words in italics. */
  public CardText italic(String words) {
    return tag("i", words);
  }

  /** Appends underlined words. */
  public CardText underline(String words) {
    return tag("u", words);
  }

  /** Appends words that are struck through. */
  public CardText strike(String words) {
    return tag("s", words);
  }

  /** Appends words in a fixed width; drawn so in text paragraphs only. */
  public CardText code(String words) {
    return tag("code", words);
  }

  /**
   * Appends coloured words.
   *
   * @param hex {@code #rrggbb}
   * @throws IllegalArgumentException if the colour is not of that form
   */
  public CardText color(String hex, String words) {
    return plus("<font color=\"" + Colors.demand(hex) + "\">" + escape(words) + "</font>");
  }

  /**
   * Appends words that lead somewhere.
   *
   * @param url absolute, of http, https or mailto; spaces in it are encoded
   * @throws IllegalArgumentException if the address is of no such kind
   */
  public CardText link(String url, String words) {
    String there = Links.tidy(url);
    if (!Links.leadsSomewhere(there)) {
      throw new IllegalArgumentException(Links.WISH + Links.quoted(url));
    }
    String quoted = escape(there).replace("\"", "%22").replace("'", "%27");
    return plus("<a href=\"" + quoted + "\">" + escape(words) + "</a>");
  }

  /** Appends a line break. */
  public CardText newLine() {
    return plus("<br>");
  }

  /** Appends another formatted text. */
  public CardText then(CardText more) {
    return plus(more.html);
  }

  /**
   * Plain words as they stand in HTML, so that {@code <b>} is four characters and no tag.
   *
   * @param words any text, of whatever origin
   * @return the words with {@code &}, {@code <} and {@code >} as entities
   */
  public static String escape(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  /** The HTML. */
  public String html() {
    return html;
  }

  private CardText tag(String name, String words) {
    return plus("<" + name + ">" + escape(words) + "</" + name + ">");
  }

  private CardText plus(String more) {
    return new CardText(html + more);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CardText && html.equals(((CardText) other).html);
  }

  @Override
  public int hashCode() {
    return html.hashCode();
  }

  /** The HTML. */
  @Override
  public String toString() {
    return html;
  }
}
