package campana.form;

import campana.wire.Limits;
import java.util.ArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What both generations of cards have in common: sections of widgets, links, the limit of widgets.
/// The trees are bound, so every value has the type it should; names are those of proto JSON.
abstract sealed class CardJudge permits CardRules, OldCardRules {
  final Where where = new Where("message");
  private final Complaints complaints;
  private final boolean strict;

  CardJudge(Complaints complaints, boolean strict) {
    this.complaints = complaints;
    this.strict = strict;
  }

  /// The rules of one widget; the place is entered already.
  abstract void widget(JsonNode widget);

  /// @param field below the present place
  /// @param wish a sentence without its subject, as "needs a title."
  final void complain(String field, String wish) {
    var path = where.path(field);
    complaints.add(path, "Invalid value at '" + path + "': " + wish);
  }

  final void tooMany(String field, JsonNode list, int most, String what) {
    if (list.size() > most) {
      complain(field, "there are " + list.size() + " " + what + ", and at most " + most + " fit.");
    }
  }

  final void header(JsonNode card) {
    if (card.has("header") && !card.get("header").has("title")) {
      complain("header.title", "a card's header needs a title.");
    }
  }

  final void sections(JsonNode card) {
    var sections = card.path("sections");
    if (sections.isEmpty() && !card.has("header")) {
      complain("sections", "a card needs a header or a section.");
    }
    for (int i = 0; i < sections.size(); i++) {
      where.enter("sections", i);
      var widgets = sections.get(i).path("widgets");
      if (widgets.isEmpty()) {
        complain("widgets", "a section needs at least one widget.");
      }
      widgets("widgets", widgets);
      where.leave();
    }
  }

  final void widgets(String name, JsonNode widgets) {
    for (int i = 0; i < widgets.size(); i++) {
      where.enter(name, i);
      widget(widgets.get(i));
      where.leave();
    }
  }

  /// Drops the section that goes past the limit of widgets, and all later ones.
  ///
  /// @return whether there was one
  static boolean dropBeyondLimit(JsonNode card) {
    if (!(card.get("sections") instanceof ArrayNode sections)) {
      return false;
    }
    int widgets = 0;
    for (int i = 0; i < sections.size(); i++) {
      widgets += sections.get(i).path("widgets").size();
      if (widgets > Limits.WIDGETS_PER_CARD) {
        while (sections.size() > i) {
          sections.remove(sections.size() - 1);
        }
        if (sections.isEmpty() && card instanceof ObjectNode object) {
          object.remove("sections");
        }
        return true;
      }
    }
    return false;
  }

  /// Drops links that lead nowhere; where they are not forgiven, complains instead.
  ///
  /// @return whether there was one
  final boolean dropDeadLinks(String field, JsonNode tree) {
    var dead = new ArrayList<String>(0);
    Links.dropDead(tree, dead);
    if (strict && !dead.isEmpty()) {
      complain(
          field,
          "a link has to begin with https://, http:// or mailto:, not as "
              + Complaints.quoted(dead.getFirst())
              + ".");
    }
    return !dead.isEmpty();
  }
}
