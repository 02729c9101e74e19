package campana.server.draw;

import java.util.BitSet;
import java.util.Optional;
import java.util.Set;
import org.commonmark.ext.gfm.strikethrough.Strikethrough;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListBlock;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;
import org.jspecify.annotations.Nullable;

/// Draws CommonMark with `~~strikethrough~~`. HTML in it stays text: it is read as such only to
/// find mentions; images become links to them.
///
/// Walks the parsed tree without recursion; what lies deeper than a browser cares for is written
/// flat. The library itself recurses once for each level of emphasis, so a text with more marks
/// than anybody writes is not parsed at all and shown as it stands.
final class MarkdownText {
  private static final int DEEPEST = 32;
  private static final int MOST_MARKS = 3_000;
  private static final Parser PARSER =
      Parser.builder()
          .extensions(Set.of(StrikethroughExtension.create()))
          .enabledBlockTypes(
              Set.of(
                  BlockQuote.class,
                  Heading.class,
                  FencedCodeBlock.class,
                  IndentedCodeBlock.class,
                  ThematicBreak.class,
                  ListBlock.class))
          .maxOpenBlockParsers(DEEPEST)
          .build();

  private final Mentions mentions;
  private final Ink ink;
  private int depth;
  private boolean inLink;

  private MarkdownText(Mentions mentions, Ink ink) {
    this.mentions = mentions;
    this.ink = ink;
  }

  static void draw(String markdown, Mentions mentions, Ink ink) {
    var drawing = new MarkdownText(mentions, ink);
    if (markdown.chars().filter(c -> "*_~[".indexOf(c) >= 0).count() > MOST_MARKS) {
      drawing.text(markdown);
    } else {
      drawing.walk(PARSER.parse(markdown));
    }
  }

  private void walk(Node document) {
    @Nullable Node node = document.getFirstChild();
    var opened = new BitSet(); // by depth in the tree: whether an element was opened there
    int level = 0;
    while (node != null) {
      boolean opens = enter(node);
      if (node.getFirstChild() != null) {
        opened.set(level++, opens);
        node = node.getFirstChild();
        continue;
      }
      leave(node, opens);
      while (node.getNext() == null && level > 0) {
        node = node.getParent();
        leave(node, opened.get(--level));
      }
      node = node.getNext();
    }
  }

  /// @return whether an element was opened that [#leave] must close
  private boolean enter(Node node) {
    switch (node) {
      case Text text -> text(text.getLiteral());
      case HtmlInline html -> text(html.getLiteral());
      case Code code -> ink.open(Tag.CODE).text(code.getLiteral()).close();
      case FencedCodeBlock code -> code(code.getLiteral());
      case IndentedCodeBlock code -> code(code.getLiteral());
      case SoftLineBreak _ -> ink.text("\n");
      case HardLineBreak _ -> ink.text("\n");
      case ThematicBreak _ -> ink.open(Tag.HR);
      case Link link -> {
        return link(link.getDestination());
      }
      case Image image -> {
        return link(image.getDestination());
      }
      default -> {
        var tag = tag(node);
        if (tag != null && depth < DEEPEST) {
          depth++;
          ink.open(tag);
          return true;
        }
      }
    }
    return false;
  }

  private void leave(Node node, boolean opened) {
    if (opened) {
      depth--;
      ink.close();
      if (node instanceof Link || node instanceof Image) {
        inLink = false;
      }
    }
  }

  private static @Nullable Tag tag(Node node) {
    return switch (node) {
      case StrongEmphasis _ -> Tag.B;
      case Emphasis _ -> Tag.I;
      case Strikethrough _ -> Tag.S;
      case Heading _ -> Tag.H3;
      case BlockQuote _ -> Tag.BLOCKQUOTE;
      case BulletList _ -> Tag.UL;
      case OrderedList _ -> Tag.OL;
      case ListItem _ -> Tag.LI;
      case Paragraph paragraph -> tight(paragraph) ? null : Tag.P;
      default -> null;
    };
  }

  private static boolean tight(Paragraph paragraph) {
    return paragraph.getParent() instanceof ListItem item
        && item.getParent() instanceof ListBlock list
        && list.isTight();
  }

  private boolean link(String destination) {
    var safe = inLink ? Optional.<SafeLink>empty() : SafeLink.of(destination);
    safe.ifPresent(link -> {
      ink.openLink(link).with(Attribute.TITLE, link.url());
      depth++;
      inLink = true;
    });
    return safe.isPresent();
  }

  private void text(String text) {
    if (inLink) {
      ink.text(text);
    } else {
      ChatInline.drawWithoutMarkers(text, mentions, ink);
    }
  }

  private void code(String code) {
    ink.open(Tag.PRE).open(Tag.CODE).text(code.stripTrailing()).close().close();
  }
}
