package campana.server.web.page;

import static java.util.stream.Collectors.joining;

import campana.server.rehearsal.Fault;
import campana.server.rehearsal.Rehearsal;
import campana.server.rehearsal.Wish;
import campana.server.space.Space;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rehearsal of a space: a banner for all who read, the switch for those who manage.
final class RehearsalPages {
  private static final int[] RATES = {100, 50, 20, 5};
  private static final int[] COUNTS = {1, 3, 10};
  private static final List<String> DURATIONS = List.of("30s", "5m", "1h");
  private static final List<Duration> LENGTHS =
      List.of(Duration.ofSeconds(30), Duration.ofMinutes(5), Duration.ofHours(1));

  private RehearsalPages() {}

  /// What goes on in this space; null where nothing does.
  static Views.@Nullable Rehearsing now(Visit visit, Space space) {
    return visit
        .parts()
        .rehearsals()
        .current(space.id())
        .map(rehearsal -> view(visit, space, rehearsal))
        .orElse(null);
  }

  /// The banner as a piece of page; empty where nothing goes on.
  static String html(Visit visit, Space space) {
    var now = now(visit, space);
    if (now == null) {
      return "";
    }
    var out = new StringOutput();
    JterehearsalGenerated.render(
        new OwaspHtmlTemplateOutput(out),
        Untouched.TAGS,
        visit.words(),
        now,
        visit.cookies().csrf(),
        "space");
    return out.toString().strip();
  }

  private static Views.Rehearsing view(Visit visit, Space space, Rehearsal rehearsal) {
    return new Views.Rehearsing(
        text(visit.words(), rehearsal.fault()),
        bounds(visit, rehearsal),
        SpacePages.manages(visit, space) ? href(space) + "/stop" : "");
  }

  private static String href(Space space) {
    return "/spaces/" + space.id() + "/rehearsal";
  }

  private static String text(Words w, Fault fault) {
    return switch (fault) {
      case HANG -> w.say("rehearsal.hang");
      case RESET -> w.say("rehearsal.reset");
      case HTML -> w.say("rehearsal.html");
      case UNAVAILABLE, QUOTA, INTERNAL, INVALID, FORBIDDEN, NOT_FOUND ->
          w.say("rehearsal.status", fault.word());
    };
  }

  private static String bounds(Visit visit, Rehearsal rehearsal) {
    var w = visit.words();
    var parts = new ArrayList<String>();
    if (rehearsal.rate() < 100) {
      parts.add(w.say("fault.share", rehearsal.rate()));
    }
    var left = rehearsal.left();
    if (left != null) {
      parts.add(w.count("rehearsal.left", left));
    }
    var end = rehearsal.endTime(); // within a day, so its time says enough
    if (end != null) {
      parts.add(w.say("rehearsal.until", visit.clock().time(end)));
    }
    if (left == null && end == null) {
      parts.add(w.say("rehearsal.open"));
    }
    // each stays on one line, so that a narrow screen breaks between them
    return parts.stream().map(part -> part.replace(' ', '\u00a0')).collect(joining(" · "));
  }

  /// The fields of the form that begins one.
  static List<Views.Pick> picks(Words w) {
    var faults =
        Arrays.stream(Fault.values())
            .map(fault -> new Views.Option(fault.word(), option(w, fault)))
            .toList();
    var rates =
        Arrays.stream(RATES)
            .mapToObj(rate ->
                new Views.Option(
                    Integer.toString(rate),
                    rate == 100 ? w.say("fault.always") : w.say("fault.share", rate)))
            .toList();
    var ends = new ArrayList<Views.Option>();
    for (var count : COUNTS) {
      ends.add(new Views.Option(Integer.toString(count), w.count("fault.posts", count)));
    }
    for (int i = 0; i < DURATIONS.size(); i++) {
      var length = Clockface.length(LENGTHS.get(i));
      ends.add(new Views.Option(DURATIONS.get(i), w.say("fault.time", length)));
    }
    ends.add(new Views.Option("", w.say("fault.open")));
    return List.of(
        new Views.Pick("status", w.say("fault.what"), faults),
        new Views.Pick("rate", w.say("fault.often"), rates),
        new Views.Pick("end", w.say("fault.end"), ends));
  }

  private static String option(Words w, Fault fault) {
    return switch (fault) {
      case UNAVAILABLE -> w.say("fault.unavailable");
      case QUOTA -> w.say("fault.quota");
      case INTERNAL -> w.say("fault.internal");
      case HANG -> w.say("fault.hang");
      case RESET -> w.say("fault.reset");
      case HTML -> w.say("fault.html");
      case INVALID -> w.say("fault.invalid");
      case FORBIDDEN -> w.say("fault.forbidden");
      case NOT_FOUND -> w.say("fault.missing");
    };
  }

  static void start(Visit visit) {
    SpacePages.withManaged(
        visit,
        space -> {
          var end = visit.field("end");
          var count = whole(end);
          var wish =
              new Wish(
                  visit.field("status"),
                  count,
                  count == null ? end : "",
                  whole(visit.field("rate")));
          if (visit.parts().rehearsals().start(space, wish, visit.person()).done().isPresent()) {
            visit.go("/spaces/" + space.id(), visit.words().say("rehearsal.started"));
          } else {
            visit.missing(); // no form of ours sends that
          }
        });
  }

  private static @Nullable Integer whole(String text) {
    return text.matches("[0-9]{1,7}") ? Integer.valueOf(text) : null;
  }

  static void stop(Visit visit) {
    SpacePages.withManaged(
        visit,
        space -> {
          visit.parts().rehearsals().stop(space, visit.person());
          var to = visit.field("to").equals("apps") ? "/apps" : "";
          visit.go("/spaces/" + space.id() + to, visit.words().say("rehearsal.stopped"));
        });
  }
}
