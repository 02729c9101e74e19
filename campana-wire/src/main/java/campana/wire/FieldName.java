package campana.wire;

/** The two styles in which the wire takes a field's or a parameter's name. */
public final class FieldName {
  private FieldName() {}

  /**
   * A name in the style that answers have: {@code message_reply_option} is {@code
   * messageReplyOption}. One that is in it already stays as it is.
   *
   * @param name in either style
   * @return in lowerCamelCase
   */
  public static String camel(String name) {
    if (name.indexOf('_') < 0) {
      return name;
    }
    StringBuilder camel = new StringBuilder(name.length());
    boolean up = false;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c == '_') {
        up = true;
      } else {
        camel.append(up ? Character.toUpperCase(c) : c);
        up = false;
      }
    }
    return camel.toString();
  }
}
