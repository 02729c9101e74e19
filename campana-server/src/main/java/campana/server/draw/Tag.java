package campana.server.draw;

/// The elements that drawing can make: there is no way to write another.
enum Tag {
  A("a"),
  B("b"),
  BLOCKQUOTE("blockquote"),
  BR("br"),
  CODE("code"),
  DETAILS("details"),
  DIV("div"),
  H3("h3"),
  HR("hr"),
  I("i"),
  IMG("img"),
  LI("li"),
  OL("ol"),
  P("p"),
  PATH("path"),
  PRE("pre"),
  S("s"),
  SPAN("span"),
  SUMMARY("summary"),
  SVG("svg"),
  TIME("time"),
  U("u"),
  UL("ul");

  final String html;

  Tag(String html) {
    this.html = html;
  }

  /// Whether it has no content and no end tag.
  boolean empty() {
    return this == BR || this == HR || this == IMG;
  }

  /// Whether plain text has a gap where it begins and ends.
  boolean breaksLine() {
    return switch (this) {
      case A, B, CODE, I, IMG, PATH, S, SPAN, SVG, TIME, U -> false;
      case BLOCKQUOTE, BR, DETAILS, DIV, H3, HR, LI, OL, P, PRE, SUMMARY, UL -> true;
    };
  }
}
