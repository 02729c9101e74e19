package campana.server.draw;

/// The attributes that drawing can write: no `style`, no `on…`, no `srcset`.
enum Attribute {
  ALT("alt"),
  ARIA_DISABLED("aria-disabled"),
  ARIA_HIDDEN("aria-hidden"),
  ARIA_LABEL("aria-label"),
  CLASS("class"),
  D("d"),
  DIR("dir"),
  HREF("href"),
  LOADING("loading"),
  REL("rel"),
  ROLE("role"),
  SRC("src"),
  TARGET("target"),
  TITLE("title"),
  VIEW_BOX("viewBox");

  final String html;

  Attribute(String html) {
    this.html = html;
  }
}
