package campana.server.web.page;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import java.util.Map;

/// What the templates ask at their tags where they ask anything: ours leaves them as they stand.
final class Untouched implements HtmlInterceptor {
  static final HtmlInterceptor TAGS = new Untouched();

  private Untouched() {}

  @Override
  public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput output) {}

  @Override
  public void onHtmlTagClosed(String name, TemplateOutput output) {}
}
