package campana.client.card;

import java.util.Map;

/** One slide of a {@link Carousel}; the wire calls it a carousel card. Immutable. */
public final class Slide extends Part {
  private Slide(Map<String, Object> members) {
    super(members);
  }

  /** Widgets in their order, from the top; {@link #add} adds more. */
  public static Slide of(SlideWidget... widgets) {
    Slide slide = new Slide(none());
    for (SlideWidget widget : widgets) {
      slide = slide.add(widget);
    }
    return slide;
  }

  /** Adds a widget at the bottom. */
  public Slide add(SlideWidget widget) {
    return new Slide(plus("widgets", widget.wrapped()));
  }

  /** Adds a widget to the foot of the slide. */
  public Slide footer(SlideWidget widget) {
    return new Slide(plus("footerWidgets", widget.wrapped()));
  }

  @Override
  void check(Check check) {
    check.need(
        !list("widgets").isEmpty() || !list("footerWidgets").isEmpty(),
        "widgets",
        "a slide needs a widget.");
    super.check(check);
  }
}
