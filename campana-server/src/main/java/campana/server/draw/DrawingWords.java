package campana.server.draw;

import java.util.function.IntFunction;

/// The few words that drawing adds to the sender's, in the reader's language.
///
/// @param showAll unfolds a text of so many lines
/// @param more names the menu of an overflow button
/// @param emptyCard stands in for a card in which nothing can be shown
/// @param linksOnly why a button cannot be pressed
/// @param noInput why a field cannot be filled in
/// @param image names an image without a text of its own
public record DrawingWords(
    IntFunction<String> showAll,
    String showMore,
    String showLess,
    String more,
    String emptyCard,
    String linksOnly,
    String noInput,
    String image) {

  public static final DrawingWords ENGLISH =
      new DrawingWords(
          lines -> "Show all " + lines + " lines",
          "Show more",
          "Show less",
          "More",
          "This card has nothing that can be shown here.",
          "A webhook’s buttons can only open links.",
          "Nobody receives what is entered here: webhooks are one-way.",
          "Image");
}
