package campana.client.card;

import java.util.Map;

/** Slides beside each other, to be leafed through. Immutable. */
public final class Carousel extends Widget {
  private Carousel(Map<String, Object> members) {
    super(members);
  }

  /**
   * Slides in their order.
   *
   * @param slides at least one
   */
  public static Carousel of(Slide... slides) {
    return new Carousel(members("carouselCards", parts(slides)));
  }

  /** Adds a slide at the end. */
  public Carousel add(Slide slide) {
    return new Carousel(plus("carouselCards", slide));
  }

  @Override
  String kind() {
    return "carousel";
  }

  @Override
  void check(Check check) {
    check.need(!list("carouselCards").isEmpty(), "carouselCards", "a carousel needs a slide.");
    super.check(check);
  }
}
