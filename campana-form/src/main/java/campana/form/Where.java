package campana.form;

import java.util.Arrays;

/// The place in the message that is being looked at, as `message.cards_v2[0].card`. Kept as a
/// stack, so that it costs nothing until somebody asks for its name.
final class Where {
  private String[] names = new String[16];
  private int[] places = new int[16];
  private int depth;

  Where(String root) {
    enter(root);
  }

  void enter(String name) {
    enter(name, -1);
  }

  /// @param place index in a list, -1 for none
  void enter(String name, int place) {
    if (depth == names.length) {
      names = Arrays.copyOf(names, 2 * depth);
      places = Arrays.copyOf(places, 2 * depth);
    }
    names[depth] = name;
    places[depth++] = place;
  }

  void leave() {
    depth--;
  }

  /// The path of a field of this place.
  String path(String field) {
    return this + "." + field;
  }

  @Override
  public String toString() {
    var path = new StringBuilder();
    for (int i = 0; i < depth; i++) {
      if (i > 0) {
        path.append('.');
      }
      path.append(names[i]);
      if (places[i] >= 0) {
        path.append('[').append(places[i]).append(']');
      }
    }
    return path.toString();
  }
}
