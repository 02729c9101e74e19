package campana.server.web.page;

/// A face: a picture that our server fetched, or initials on one of eight quiet tones.
///
/// @param imageUrl an address of ours, empty where there is no picture
/// @param tone 0 to 7, a class of the stylesheet
record Avatar(String imageUrl, String initials, int tone) {
  static Avatar of(String name, String imageUrl) {
    return new Avatar(imageUrl, initials(name), Math.floorMod(name.hashCode(), 8));
  }

  private static String initials(String name) {
    var words = name.strip().split("[\\s._@/-]+", 3);
    var first = firstLetter(words[0]);
    var second = words.length > 1 ? firstLetter(words[1]) : "";
    return (first + second).toUpperCase(java.util.Locale.ROOT);
  }

  private static String firstLetter(String word) {
    return word.isEmpty() ? "" : word.substring(0, word.offsetByCodePoints(0, 1));
  }
}
