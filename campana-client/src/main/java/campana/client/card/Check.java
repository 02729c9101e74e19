package campana.client.card;

import campana.client.text.Links;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Walks a card and gathers what is wrong, knowing at each moment where it stands. */
final class Check {
  private final Deque<String> path = new ArrayDeque<>();
  private final List<Violation> found = new ArrayList<>();

  List<Violation> found() {
    return List.copyOf(found);
  }

  /** Looks into a member. Names are those of Java's JSON; the path gets the server's. */
  void into(String name, Part part) {
    path.addLast(snake(name));
    part.check(this);
    path.removeLast();
  }

  void intoEach(String name, List<Part> parts) {
    for (int i = 0; i < parts.size(); i++) {
      path.addLast(snake(name) + "[" + i + "]");
      parts.get(i).check(this);
      path.removeLast();
    }
  }

  void need(boolean fine, String field, String wish) {
    if (!fine) {
      found.add(Violation.of(path(field), wish));
    }
  }

  void atMost(int limit, int size, String field, String wish) {
    if (size > limit) {
      found.add(Violation.beyond(path(field), size, limit, wish));
    }
  }

  void link(String field, String url) {
    need(Links.leadsSomewhere(url), field, Links.WISH + Links.quoted(url) + ".");
  }

  void image(String field, String url) {
    need(
        Links.isWeb(url),
        field,
        "an image's address has to begin with https:// or http://, not as "
            + Links.quoted(url)
            + ".");
  }

  /**
   * The path of a field of this place.
   *
   * @param field empty for the place itself
   */
  private String path(String field) {
    String here = String.join(".", path);
    return here.isEmpty() || field.isEmpty() ? here + snake(field) : here + "." + snake(field);
  }

  static String snake(String camel) {
    StringBuilder snake = new StringBuilder();
    for (int i = 0; i < camel.length(); i++) {
      char c = camel.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        snake.append('_').append((char) (c + 32));
      } else {
        snake.append(c);
      }
    }
    return snake.toString();
  }
}
