package campana.server.space;

import java.util.random.RandomGenerator;

/// Ids of spaces: ours to recognise by how they begin.
public final class SpaceIds {
  private static final String PREFIX = "cmp";
  private static final int RANDOM_CHARS = 8;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final int WORDY = 62; // of the alphabet

  private SpaceIds() {}

  /// Whether this can be the id of one of our spaces: a check without a look into the database.
  public static boolean wellFormed(String id) {
    if (id.length() < 11 || id.length() > 16 || !id.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < id.length(); i++) {
      if (ALPHABET.indexOf(id.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  static String draw(RandomGenerator chance) {
    return PREFIX + chars(chance, RANDOM_CHARS);
  }

  /// Random characters of the URL-safe alphabet, nearly 6 bits each. The first is a letter or a
  /// digit: a command would take a word that begins with a dash for an option.
  public static String chars(RandomGenerator chance, int count) {
    var text = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      text.append(ALPHABET.charAt(chance.nextInt(i == 0 ? WORDY : ALPHABET.length())));
    }
    return text.toString();
  }
}
