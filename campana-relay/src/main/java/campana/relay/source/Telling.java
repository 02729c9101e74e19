package campana.relay.source;

import campana.relay.source.Trigger.Identity;
import campana.relay.source.Trigger.Tally;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A trigger in the making. What is foreign is cleaned and bounded here, so that no source can
/// forget it. For one thread.
public final class Telling {
  private static final int ID = 1_000;
  private static final int TITLE = 200;
  private static final int NAME = 100;
  private static final int VALUE = 300;
  private static final int BODY = 32_000;

  private final String source;
  private final Received received;
  private String event = "";
  private Identity identity = Identity.NONE;
  private String subjectId = "";
  private State state = State.INFO;
  private Severity severity = Severity.INFO;
  private String title = "";
  private Prose body = Prose.NONE;
  private String actor = "";
  private final List<Fact> facts = new ArrayList<>();
  private final List<Link> links = new ArrayList<>();
  private final List<Item> items = new ArrayList<>();
  private final Map<String, String> labels = new LinkedHashMap<>();
  private Tally tally = Tally.ONE;
  private boolean repeat;
  private String standing = "";
  private @Nullable Instant since;
  private Instant occurredAt;

  public Telling(String source, Received received) {
    this.source = source;
    this.received = received;
    this.occurredAt = received.at();
  }

  public Telling event(String name) {
    event = Plain.line(name, NAME);
    return this;
  }

  public Telling identity(Identity is) {
    identity = is;
    return this;
  }

  /// A long one is replaced by its hash: two subjects must not become one by cutting.
  public Telling subject(String id) {
    subjectId = id.length() > ID ? Hashes.sha256(id) : id;
    return this;
  }

  public Telling state(State is) {
    state = is;
    return this;
  }

  public Telling severity(Severity is) {
    severity = is;
    return this;
  }

  public Telling title(String words) {
    title = Plain.line(words, TITLE);
    return this;
  }

  public Telling body(Prose prose) {
    body = new Prose(Plain.text(prose.text(), BODY), prose.form());
    return this;
  }

  public Telling actor(String who) {
    actor = Plain.line(who, NAME);
    return this;
  }

  /// Left out where the value is empty, or no place is left.
  public Telling fact(String label, String value) {
    if (!value.isBlank() && facts.size() < Trigger.FACTS) {
      facts.add(new Fact(Plain.line(label, NAME), Plain.line(value, VALUE)));
    }
    return this;
  }

  /// Left out where the address is none of http or https, is there already, or no place is left.
  public Telling link(String label, String url) {
    var there = WebAddress.tidy(url);
    if (!there.isEmpty()
        && links.size() < Trigger.LINKS
        && links.stream().noneMatch(l -> l.url().equals(there))) {
      links.add(new Link(Plain.line(label, NAME), there));
    }
    return this;
  }

  /// Left out where no place is left: add the worst first, and count all in the tally.
  public Telling item(Item item) {
    if (items.size() < Trigger.ITEMS) {
      items.add(
          new Item(
              item.state(),
              item.severity(),
              Plain.line(item.title(), TITLE),
              Plain.line(item.text(), VALUE),
              item.since(),
              item.until(),
              WebAddress.tidy(item.url())));
    }
    return this;
  }

  /// Left out where the value is empty, or no place is left.
  public Telling label(String name, String value) {
    if (!value.isEmpty() && labels.size() < Trigger.LABELS) {
      labels.put(Plain.line(name, NAME), Plain.line(value, VALUE));
    }
    return this;
  }

  public Telling tally(Tally of) {
    tally = of;
    return this;
  }

  public Telling repeat(boolean is) {
    repeat = is;
    return this;
  }

  public Telling standing(String hash) {
    standing = hash;
    return this;
  }

  public Telling since(Instant at) {
    since = at;
    return this;
  }

  public Telling occurredAt(Instant at) {
    occurredAt = at;
    return this;
  }

  public Trigger done() {
    return new Trigger(
        source,
        event,
        identity,
        subjectId,
        state,
        severity,
        title,
        body,
        actor,
        facts,
        links,
        items,
        labels,
        tally,
        repeat,
        standing,
        since == null ? occurredAt : since,
        occurredAt,
        received.body());
  }
}
