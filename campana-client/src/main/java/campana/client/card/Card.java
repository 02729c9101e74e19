package campana.client.card;

import campana.client.text.Links;
import campana.wire.Limits;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A card of the present kind ({@code cardsV2}): a header and sections of widgets. Immutable; each
 * method gives a new card back, so one card may be the beginning of many.
 *
 * <pre>{@code
 * Card.titled("Build 88")
 *     .subtitle("main, 3 minutes")
 *     .section(s -> s.fact("Result", "failed").button("Open", "https://ci.example.org/88"))
 * }</pre>
 *
 * <p>Building never fails for what the words say; {@link #violations()} tells what the server would
 * refuse, and a {@code Message} that carries the card does not come about with any.
 */
public final class Card extends Part {
  private Card(Map<String, Object> members) {
    super(members);
  }

  /**
   * A card with a header.
   *
   * @param title plain, not empty
   */
  public static Card titled(String title) {
    return new Card(members("header", new Header(members("title", title))));
  }

  /** A card without a header; it needs a section. */
  public static Card untitled() {
    return new Card(none());
  }

  /** The smaller words under the title, plain. */
  public Card subtitle(String words) {
    return header("subtitle", words);
  }

  /**
   * The image beside the title, square.
   *
   * @param url of https (Google takes no other) or http; PNG or JPEG
   * @param altText what the image shows, for those who do not see it
   */
  public Card image(String url, String altText) {
    return header("imageUrl", Links.tidy(url)).header("imageAltText", altText);
  }

  /** The image beside the title, cropped to a circle. */
  public Card circleImage(String url, String altText) {
    return image(url, altText).header("imageType", "CIRCLE");
  }

  private Card header(String name, String value) {
    return new Card(with("header", new Header(part("header").with(name, value))));
  }

  /** Adds a section at the bottom. */
  public Card section(Section section) {
    return new Card(plus("sections", section));
  }

  /**
   * Adds a section at the bottom.
   *
   * @param fill gets an empty section and gives back one with at least one widget
   */
  public Card section(UnaryOperator<Section> fill) {
    return section(fill.apply(Section.empty()));
  }

  /**
   * Adds a section with a header at the bottom.
   *
   * @param header plain
   * @param fill gets a section with that header and gives back one with at least one widget
   */
  public Card section(String header, UnaryOperator<Section> fill) {
    return section(fill.apply(Section.titled(header)));
  }

  /** Leaves out the lines between the sections. */
  public Card withoutDividers() {
    return new Card(with("sectionDividerStyle", "NO_DIVIDER"));
  }

  /** The wire's name of the card; nobody sees it. */
  public Card name(String name) {
    return new Card(with("name", name));
  }

  /**
   * What the server would refuse, or drop without a word, in the order of the card.
   *
   * <p>The limits: {@value Limits#WIDGETS_PER_CARD} widgets a card, where the section that passes
   * them and all later ones would be dropped; 2 columns. The size counts for the whole message, so
   * the message knows of it.
   *
   * @return with paths from the card on, as {@code sections[0].widgets}; empty when all is right
   */
  public List<Violation> violations() {
    Check check = new Check();
    check(check);
    return check.found();
  }

  /** Compact JSON of the card as it is, whether or not it is right; UTF-8 of it is what counts. */
  public String toJson() {
    return json();
  }

  @Override
  void check(Check check) {
    List<Part> sections = list("sections");
    check.need(
        has("header") || !sections.isEmpty(), "sections", "a card needs a header or a section.");
    int widgets = 0;
    for (int i = 0; i < sections.size(); i++) {
      int before = widgets;
      widgets += ((Section) sections.get(i)).size();
      if (before <= Limits.WIDGETS_PER_CARD) {
        check.atMost(
            Limits.WIDGETS_PER_CARD,
            widgets,
            "sections[" + i + "].widgets",
            "with this section the card has "
                + widgets
                + " widgets, and at most "
                + Limits.WIDGETS_PER_CARD
                + " are shown; it would be dropped with all behind it.");
      }
    }
    super.check(check);
  }

  private static final class Header extends Part {
    Header(Map<String, Object> members) {
      super(members);
    }

    @Override
    void check(Check check) {
      check.need(!string("title").isEmpty(), "title", "a card's header needs a title.");
      if (has("imageUrl")) {
        check.image("imageUrl", string("imageUrl"));
      }
    }
  }
}
