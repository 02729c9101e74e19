package campana.relay.route;

import campana.relay.outbox.Destination;
import campana.relay.source.ChatText;
import campana.relay.source.Plain;
import campana.relay.source.Prose;
import campana.relay.source.State;
import campana.relay.source.Trigger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/// One trigger as a message for one destination. What begins something is a card; what goes on or
/// ends in its thread is a line or two of text; what a person or a script has worded itself stays
/// in its words. For one thread.
final class Rendering {
  /// Google's old limit of a text, which older clients still have.
  static final int TEXT = 4_000;

  private static final int FALLBACK = 120;

  private final Route route;
  private final Trigger trigger;
  private final Facets facets;
  private final Model model;

  Rendering(Route route, Trigger told, Destination to, Instant now) {
    var words = Words.in(to.language());
    this.route = route;
    this.trigger =
        route
            .title()
            .flatMap(t -> t.render(model(told, route, to, now)))
            .map(title -> told.titled(Plain.line(title, 200)))
            .orElse(told);
    this.facets = new Facets(trigger, words, to.zone(), now);
    this.model = model(trigger, route, to, now);
  }

  private static Model model(Trigger trigger, Route route, Destination to, Instant now) {
    return new Model(
        trigger, route.name(), to.name(), Words.in(to.language()), to.language(), to.zone(), now);
  }

  /// One line without markup, for lists and digests.
  String line() {
    return facets.line();
  }

  /// The message as JSON, without its thread.
  ///
  /// @param loud with the route's mention for this trigger
  byte[] json(boolean loud) {
    var mention = loud ? route.mention().of(trigger) : "";
    var draft = new CardDraft(facets);
    var whole = message(mention, draft::whole);
    return whole.length <= CardDraft.BYTES ? whole : message(mention, draft::fitting);
  }

  private byte[] message(String mention, Supplier<String> drawn) {
    var json = new Json().open('{');
    Optional<String> own = route.text().flatMap(t -> t.render(model));
    boolean card = route.card() && (own.isPresent() ? hasCard() : isCard());
    if (own.isPresent()) {
      json.name("text").text(mentioning(mention, own.get()));
    } else if (!card) {
      json.name("text").text(mentioning(mention, new TextDraft(facets).of(isBrief(), isSpoken())));
    } else if (!mention.isEmpty()) {
      json.name("text").text(mentioning(mention, facets.headline()));
    }
    if (card) {
      json.name("fallbackText").text(Plain.cut(ChatText.disarm(facets.line()), FALLBACK));
      json.name("cardsV2").open('[').open('{').name("cardId").text("campana");
      json.name("card").raw(drawn.get()).close('}').close(']');
    }
    return json.close('}').toString().getBytes(StandardCharsets.UTF_8);
  }

  /// A mention on the line of the text, unless that line is more than words.
  private String mentioning(String mention, String text) {
    var cut = Cutting.cut(text, TEXT, facets.words());
    if (mention.isEmpty()) {
      return cut;
    }
    boolean apart = cut.startsWith("```") || cut.startsWith("> ") || cut.startsWith("- ");
    return mention + (apart ? "\n" : " ") + cut;
  }

  private boolean isCard() {
    return hasCard() && !isBrief();
  }

  private boolean hasCard() {
    return !isSpoken();
  }

  /// Goes on or ends what was told in its thread before.
  private boolean isBrief() {
    return trigger.repeat() || trigger.state() == State.RESOLVED || trigger.state() == State.UPDATE;
  }

  /// Has its sender's own words for everything.
  private boolean isSpoken() {
    return trigger.source().equals("text")
        || trigger.body().form() != Prose.Form.PLAIN
        || (trigger.source().equals("json")
            && trigger.state() == State.INFO
            && trigger.facts().isEmpty()
            && trigger.links().isEmpty());
  }
}
