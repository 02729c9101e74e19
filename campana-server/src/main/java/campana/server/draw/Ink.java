package campana.server.draw;

/// What drawing is written with: as HTML, or as the plain text that is left of it.
interface Ink {
  Ink open(Tag tag);

  /// Of the element just opened, before anything else is written.
  Ink with(Attribute attribute, String value);

  Ink text(String text);

  /// Ends the element that was opened last; not for [Tag#empty()] ones.
  Ink close();

  /// Of the element just opened. Each begins with `m-` in the page, where other classes live too.
  ///
  /// @param names with single spaces between
  default Ink classes(String names) {
    return with(Attribute.CLASS, "m-" + names.replace(" ", " m-"));
  }

  default Ink open(Tag tag, String classes) {
    return open(tag).classes(classes);
  }

  /// A whole element with nothing but text.
  default Ink element(Tag tag, String classes, String text) {
    return open(tag, classes).text(text).close();
  }

  /// Opens a link that tells its target nothing about this page; it stays open for its label.
  default Ink openLink(SafeLink link) {
    return open(Tag.A)
        .with(Attribute.HREF, link.url())
        .with(Attribute.REL, "noopener noreferrer nofollow")
        .with(Attribute.TARGET, "_blank");
  }
}
