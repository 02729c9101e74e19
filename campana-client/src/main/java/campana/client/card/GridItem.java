package campana.client.card;

import campana.client.text.Links;
import java.math.BigDecimal;
import java.util.Map;

/** One image of a {@link Grid}, with its words. Immutable. */
public final class GridItem extends Part {
  /** To which shape an image is cropped. */
  public enum Crop {
    /** A square; what Chat takes when nothing is said. */
    SQUARE,
    /** A circle. */
    CIRCLE,
    /** Four wide, three high. */
    RECTANGLE_4_3
  }

  private GridItem(Map<String, Object> members) {
    super(members);
  }

  /** An item with words alone, plain. */
  public static GridItem of(String title) {
    return new GridItem(members("title", title));
  }

  /**
   * An item with an image.
   *
   * @param url of https (Google takes no other) or http; PNG or JPEG
   * @param altText what the image shows, for those who do not see it
   */
  public static GridItem image(String url, String altText) {
    return new GridItem(
        members("image", new Picture(members("imageUri", Links.tidy(url), "altText", altText))));
  }

  /** The plain words beside the image. */
  public GridItem title(String words) {
    return new GridItem(with("title", words));
  }

  /** The smaller words under the title, plain. */
  public GridItem subtitle(String words) {
    return new GridItem(with("subtitle", words));
  }

  /** A name for it, seen by nobody. */
  public GridItem id(String id) {
    return new GridItem(with("id", id));
  }

  /** Puts the words above the image instead of below. */
  public GridItem textAbove() {
    return new GridItem(with("layout", "TEXT_ABOVE"));
  }

  /** Crops the image. */
  public GridItem crop(Crop crop) {
    return picture("cropStyle", new Plain(members("type", crop)));
  }

  /**
   * Crops the image to a rectangle.
   *
   * @param widthByHeight the rectangle's width divided by its height, over 0
   */
  public GridItem crop(double widthByHeight) {
    return picture(
        "cropStyle",
        new Rectangle(
            members("type", "RECTANGLE_CUSTOM", "aspectRatio", BigDecimal.valueOf(widthByHeight))));
  }

  /**
   * Draws a line around the image.
   *
   * @param hex its colour, {@code #rrggbb}
   * @param cornerRadius in pixels, 0 or more
   * @throws IllegalArgumentException if the colour is not of that form
   */
  public GridItem imageBorder(String hex, int cornerRadius) {
    return picture("borderStyle", stroke(hex, cornerRadius));
  }

  static Part stroke(String hex, int cornerRadius) {
    Part stroke = new Plain(members("type", "STROKE", "strokeColor", Colors.of(hex)));
    return new Border(stroke.with("cornerRadius", cornerRadius));
  }

  private GridItem picture(String name, Part value) {
    Part image = part("image");
    return new GridItem(with("image", new Picture(image.with(name, value))));
  }

  private static final class Picture extends Part {
    Picture(Map<String, Object> members) {
      super(members);
    }

    @Override
    void check(Check check) {
      check.image("imageUri", string("imageUri"));
      super.check(check);
    }
  }

  private static final class Rectangle extends Part {
    Rectangle(Map<String, Object> members) {
      super(members);
    }

    @Override
    void check(Check check) {
      check.need(positive("aspectRatio"), "aspectRatio", "width by height is a number over 0.");
    }
  }

  private static final class Border extends Part {
    Border(Map<String, Object> members) {
      super(members);
    }

    @Override
    void check(Check check) {
      check.need(number("cornerRadius") >= 0, "cornerRadius", "a radius is 0 pixels or more.");
    }
  }
}
