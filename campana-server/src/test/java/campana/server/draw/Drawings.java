package campana.server.draw;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// A drawing as tests want it: one known person, images at `/images/…`.
final class Drawings {
  static final JsonMapper JSON = JsonMapper.builder().build();

  static final MessageDrawing DRAWING =
      new MessageDrawing(DrawingWords.ENGLISH, Drawings::name, Drawings::image);

  private Drawings() {}

  private static Optional<String> name(String user) {
    return switch (user) {
      case "users/all" -> Optional.of("all");
      case "users/42" -> Optional.of("Ada <Lovelace>");
      default -> Optional.empty();
    };
  }

  private static Optional<String> image(String url) {
    return Optional.of("/images/" + url.substring(url.indexOf("//") + 2));
  }

  static byte[] content(String text, boolean markdown) {
    var message = JSON.createObjectNode().put("text", text);
    if (markdown) {
      message.put("markupSyntax", "MARKUP_SYNTAX_MARKDOWN");
    }
    return JSON.writeValueAsBytes(message);
  }

  static byte[] bytes(String json) {
    return json.getBytes(UTF_8);
  }

  /// The HTML of a text, without the element around it.
  static String text(String text) {
    return inner(DRAWING.html(content(text, false)));
  }

  static String markdown(String text) {
    return inner(DRAWING.html(content(text, true)));
  }

  private static String inner(String html) {
    return html.substring(html.indexOf("dir=\"auto\">") + 11, html.lastIndexOf("</div>"));
  }
}
