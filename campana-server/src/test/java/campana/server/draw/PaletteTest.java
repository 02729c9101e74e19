package campana.server.draw;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PaletteTest {
  @ParameterizedTest(name = "{0} is {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          '#DD0000' | RED
          '#b3261e' | RED
          '#ff9800' | ORANGE
          '#fbbc04' | YELLOW
          '#0b8043' | GREEN
          '#0097a7' | TEAL
          '#1a73e8' | BLUE
          '#673ab7' | PURPLE
          '#e91e63' | PINK
          '#9e9e9e' | GREY
          '#000000' | -
          '#fff'    | -
          'red'     | RED
          '#12345'  | -
          'red;x:y' | -
          """)
  void a_colour_becomes_the_nearest_by_hue(String colour, Palette palette) {
    assertThat(Palette.of(colour)).isEqualTo(Optional.ofNullable(palette));
  }

  @Test
  void numbers_out_of_range_are_some_colour_or_none() {
    assertThat(Palette.of(9, -1, 0)).isPresent();
    assertThat(Palette.of(Double.NaN, 0, 0)).isNotNull();
  }

  /// The grounds are the page's own: light and dark, plain and raised.
  @ParameterizedTest
  @EnumSource(Palette.class)
  void every_ink_and_paint_can_be_read_in_light_and_dark(Palette palette) throws IOException {
    var sheet = stylesheet();
    var name = palette.name().toLowerCase(Locale.ROOT);
    assertThat(sheet).contains(".m-ink-" + name + ", .m-paint-" + name + " {");
    int darkFrom = sheet.indexOf("@media (prefers-color-scheme: dark)");
    var light = sheet.substring(0, darkFrom);
    var dark = sheet.substring(darkFrom);
    for (var ground : new int[] {0xffffff, 0xf6f6f5}) {
      assertThat(contrast(value(light, name), ground)).isGreaterThanOrEqualTo(4.5);
    }
    for (var ground : new int[] {0x16181c, 0x22252b}) {
      assertThat(contrast(value(dark, name), ground)).isGreaterThanOrEqualTo(4.5);
    }
    for (var scheme : new String[] {light, dark}) {
      assertThat(contrast(value(scheme, name), value(scheme, "on-paint")))
          .isGreaterThanOrEqualTo(4.5);
    }
  }

  private static String stylesheet() throws IOException {
    try (var in = PaletteTest.class.getResourceAsStream("/campana/server/web/page/message.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    }
  }

  private static int value(String sheet, String name) {
    var found = Pattern.compile("--m-" + name + ": #([0-9a-f]{6});").matcher(sheet);
    assertThat(found.find()).as(name).isTrue();
    return Integer.parseInt(found.group(1), 16);
  }

  /// By WCAG 2.
  private static double contrast(int a, int b) {
    double high = Math.max(luminance(a), luminance(b));
    double low = Math.min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
  }

  private static double luminance(int rgb) {
    return 0.2126 * linear((rgb >> 16) & 255)
        + 0.7152 * linear((rgb >> 8) & 255)
        + 0.0722 * linear(rgb & 255);
  }

  private static double linear(int part) {
    double share = part / 255.0;
    return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
  }
}
