package campana.client.card;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Colours, from the form that designers write to the one that the wire wants. */
final class Colors {
  private Colors() {}

  /**
   * A google.type.Color.
   *
   * @param hex {@code #rrggbb}
   * @throws IllegalArgumentException if it is not of that form
   */
  static Part of(String hex) {
    demand(hex);
    return new Plain(
        new Plain(Part.members("red", share(hex, 1), "green", share(hex, 3)))
            .with("blue", share(hex, 5)));
  }

  private static BigDecimal share(String hex, int at) {
    // three decimals tell 256 shades apart
    return BigDecimal.valueOf(Integer.parseInt(hex.substring(at, at + 2), 16))
        .divide(BigDecimal.valueOf(255), 3, RoundingMode.HALF_UP);
  }

  /**
   * @throws IllegalArgumentException if it is not {@code #rrggbb}
   */
  static String demand(String hex) {
    if (!hex.matches("#[0-9a-fA-F]{6}")) {
      throw new IllegalArgumentException("a colour is #rrggbb, as #d93025, not \"" + hex + "\"");
    }
    return hex;
  }
}
