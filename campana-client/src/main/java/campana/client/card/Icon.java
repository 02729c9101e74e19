package campana.client.card;

import campana.client.text.Links;
import java.util.Map;

/** An icon: one that Chat knows, one of Google's Material Symbols, or an image. Immutable. */
public final class Icon extends Part {
  private Icon(Map<String, Object> members) {
    super(members);
  }

  /** One of Chat's own. */
  public static Icon known(KnownIcon icon) {
    return known(icon.name());
  }

  /**
   * One of Chat's own, by its name on the wire.
   *
   * @param name as {@code STAR}; one that the reader's side does not know is not drawn
   */
  public static Icon known(String name) {
    return new Icon(members("knownIcon", name));
  }

  /**
   * One of Google's Material Symbols.
   *
   * @param name as {@code check_circle}; one that the reader's side does not know is not drawn
   */
  public static Icon material(String name) {
    return new Icon(members("materialIcon", new Material(Part.members("name", name))));
  }

  /**
   * An image by its address.
   *
   * @param url of https (Google takes no other) or http; PNG or JPEG, square
   */
  public static Icon url(String url) {
    return new Icon(members("iconUrl", Links.tidy(url)));
  }

  /**
   * A Material Symbol with its variations.
   *
   * @param name as {@code check_circle}
   * @param fill whether its inside is filled
   * @param weight of its lines, 100 to 700 in steps of 100; 400 is the usual one
   * @param grade -25, 0 or 200
   */
  public static Icon material(String name, boolean fill, int weight, int grade) {
    Part icon = new Plain(Part.members("name", name, "fill", fill));
    Part weighed = new Plain(icon.with("weight", weight));
    return new Icon(members("materialIcon", new Material(weighed.with("grade", grade))));
  }

  /** What the icon means, for those who do not see it. */
  public Icon altText(String words) {
    return new Icon(with("altText", words));
  }

  /** Crops an image to a circle. */
  public Icon circle() {
    return new Icon(with("imageType", "CIRCLE"));
  }

  @Override
  void check(Check check) {
    if (has("iconUrl")) {
      check.image("iconUrl", string("iconUrl"));
    }
    if (has("knownIcon")) {
      check.need(!string("knownIcon").isEmpty(), "knownIcon", "an icon needs a name.");
    }
    super.check(check);
  }

  private static final class Material extends Part {
    Material(Map<String, Object> members) {
      super(members);
    }

    @Override
    void check(Check check) {
      int weight = number("weight");
      int grade = number("grade");
      check.need(!string("name").isEmpty(), "name", "an icon needs a name.");
      check.need(
          !has("weight") || (weight >= 100 && weight <= 700 && weight % 100 == 0),
          "weight",
          "a weight is 100 to 700 in steps of 100, not " + weight + ".");
      check.need(
          grade == 0 || grade == -25 || grade == 200,
          "grade",
          "a grade is -25, 0 or 200, not " + grade + ".");
    }
  }
}
