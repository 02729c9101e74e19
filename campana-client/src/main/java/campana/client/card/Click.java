package campana.client.card;

import campana.client.text.Links;
import java.util.Map;

/** What a click does. A webhook hears of no click, so all there is are links. */
final class Click extends Part {
  private Click(Map<String, Object> members) {
    super(members);
  }

  static Click open(String url) {
    return new Click(members("openLink", new OpenLink(Links.tidy(url))));
  }

  static Click menu(OverflowMenu menu) {
    return new Click(members("overflowMenu", menu));
  }

  private static final class OpenLink extends Part {
    OpenLink(String url) {
      super(members("url", url));
    }

    @Override
    void check(Check check) {
      check.link("url", string("url"));
    }
  }
}
