package campana.relay.source.slack;

import campana.relay.source.ChatText;
import campana.relay.source.WebAddress;

/// Slack's markup as Chat's. Bold, italic, strike and code are the same; what stands in angle
/// brackets, entities and names of emoji are not.
///
/// @param mentions whether `<!channel>`, `<!here>` and `<!everyone>` mention everybody
record Mrkdwn(boolean mentions) {
  private static final int LONGEST_EMOJI = 40;

  String toChat(String mrkdwn) {
    var out = new StringBuilder(mrkdwn.length() + 16);
    int from = 0;
    while (from < mrkdwn.length()) {
      int open = mrkdwn.indexOf('<', from);
      int close = open < 0 ? -1 : mrkdwn.indexOf('>', open);
      if (close < 0) {
        break;
      }
      out.append(words(mrkdwn.substring(from, open)));
      out.append(token(mrkdwn.substring(open + 1, close)));
      from = close + 1;
    }
    return out.append(words(mrkdwn.substring(from))).toString();
  }

  /// Text that is no markup, as in a `plain_text` object: only emoji names mean something.
  static String plain(String text) {
    return ChatText.escape(emoji(text));
  }

  /// What it says without markup, for a list.
  static String title(String mrkdwn) {
    return unescaped(
            emoji(mrkdwn.replaceAll("<[^<>|]*\\|([^<>|]*)>", "$1").replaceAll("<([^<>|]*)>", "$1")))
        .replaceAll("(?<![\\p{L}\\p{N}])[*~`]+|[*~`]+(?![\\p{L}\\p{N}])", "");
  }

  /// What is between brackets: a link, or a mention of somebody whom Chat does not know.
  private String token(String token) {
    int bar = token.indexOf('|');
    var target = bar < 0 ? token : token.substring(0, bar);
    var label = bar < 0 ? "" : unescaped(token.substring(bar + 1));
    if (target.isEmpty()) {
      return ChatText.escape("<" + token + ">");
    }
    return switch (target.charAt(0)) {
      case '!' -> command(target.substring(1), label);
      case '@' -> named('@', label, target.substring(1));
      case '#' -> named('#', label, target.substring(1));
      default -> link(unescaped(target), label, token);
    };
  }

  private String command(String name, String label) {
    return switch (name) {
      case "channel", "here", "everyone" -> mentions ? "<users/all>" : "@" + name;
      default -> ChatText.escape(label.isEmpty() ? "@" + name : label);
    };
  }

  private static String named(char sign, String label, String id) {
    var name = label.isEmpty() ? id : label;
    return ChatText.escape(name.indexOf(sign) == 0 ? name : sign + name);
  }

  private static String link(String target, String label, String token) {
    if (target.startsWith("mailto:")) {
      return ChatText.escape(label.isEmpty() ? target.substring("mailto:".length()) : label);
    }
    var url = WebAddress.tidy(target);
    return url.isEmpty()
        ? ChatText.escape(label.isEmpty() ? "<" + unescaped(token) + ">" : label)
        : ChatText.link(url, label);
  }

  private static String words(String literal) {
    return ChatText.disarm(unescaped(emoji(literal)));
  }

  private static String unescaped(String text) {
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
  }

  static String emoji(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return text;
    }
    var out = new StringBuilder(text.length());
    int from = 0;
    while (colon >= 0) {
      int end = text.indexOf(':', colon + 1);
      if (end < 0) {
        break;
      }
      var known = end - colon <= LONGEST_EMOJI ? Emoji.of(text.substring(colon + 1, end)) : "";
      if (known.isEmpty()) {
        colon = end; // it may begin the next one
      } else {
        out.append(text, from, colon).append(known);
        from = end + 1;
        colon = text.indexOf(':', from);
      }
    }
    return out.append(text, from, text.length()).toString();
  }
}
