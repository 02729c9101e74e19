package campana.server.draw;

import java.util.Optional;

/// Draws remote images over their own stand-in: while one is not there, or never comes, the reader
/// sees what it would have shown and whence. The image has no text of its own, so that a browser
/// leaves nothing in its place when it fails; its name stands on the frame.
final class Pictures {
  private Pictures() {}

  /// Draws an image across the card.
  static void wide(String url, String alt, Optional<SafeLink> link, Pen pen) {
    var source = SafeLink.of(url);
    var name = alt.isBlank() ? pen.words().image() : alt;
    var ink = pen.ink();
    ink.open(Tag.DIV, "picture").with(Attribute.ROLE, "group").with(Attribute.ARIA_LABEL, name);
    ink.open(Tag.DIV, "stand-in");
    Icons.material("image", ink);
    ink.element(Tag.SPAN, "label", name);
    source.ifPresent(
        there -> ink.openLink(there).with(Attribute.TITLE, there.url()).text(there.host()).close());
    ink.close();
    image(source, pen);
    pen.cover(link, alt);
    ink.close();
  }

  /// Draws a small image of a fixed size: a header's, an icon's.
  ///
  /// @param kind class that says the size
  /// @param letters what stands there without it, perhaps nothing
  static void small(String url, String kind, boolean circle, String alt, String letters, Pen pen) {
    var ink = pen.ink();
    ink.open(Tag.SPAN, "small-picture " + kind + (circle ? " circle" : ""));
    if (alt.isBlank()) {
      ink.with(Attribute.ARIA_HIDDEN, "true");
    } else {
      ink.with(Attribute.ROLE, "img").with(Attribute.ARIA_LABEL, alt);
    }
    ink.element(Tag.SPAN, "stand-in", letters);
    image(SafeLink.of(url), pen);
    ink.close();
  }

  private static void image(Optional<SafeLink> source, Pen pen) {
    source
        .filter(there -> !there.url().startsWith("mailto:"))
        .flatMap(there -> pen.images().of(there.url()))
        .ifPresent(address ->
            pen.ink()
                .open(Tag.SPAN, "over")
                .open(Tag.IMG)
                .with(Attribute.SRC, address)
                .with(Attribute.ALT, "")
                .with(Attribute.LOADING, "lazy")
                .close());
  }
}
