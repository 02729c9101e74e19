package campana.server.web.page;

import campana.http.Answers;
import campana.http.EventStream;
import campana.server.feed.SpaceFeed;
import campana.server.message.Message;
import campana.server.people.Person;
import campana.server.rehearsal.Rehearsals;
import campana.server.space.Seat;
import campana.server.space.Space;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The live stream of one browser: new messages of the spaces that its tabs show, each as the piece
/// of page that it changes, and the rehearsals there. Who manages a space without reading it hears
/// of its rehearsals only.
///
/// An event's id says how far each space has come, as `cmpA.12,cmpB.40`. A browser that comes back
/// brings it along and gets what stands after it from the store; what is committed meanwhile waits
/// for this lock, so nothing is missed and nothing comes twice.
final class LiveStream {
  private static final Pattern PLACE = Pattern.compile("(cmp[A-Za-z0-9_-]{8,13})\\.([0-9]{1,18})");
  private static final int MOST_SPACES = 20;
  private static final int BATCH = 100;

  /// Who was away for longer is better off with a fresh page.
  private static final int MOST_REPLAYED = 200;

  private final Visit visit;
  private final PageParts parts;
  private final EventStream stream;

  /// Complete, and read without a lock, once it is followed; guarded by this until then.
  private final Map<String, Follower> followers = new LinkedHashMap<>();

  /// One space on this stream; guarded by the stream's lock, but for [#lost] and, once it is
  /// followed, what is closed then.
  private static final class Follower {
    private final Space space;
    private final FeedViews views;
    private final boolean reads;
    private long at;
    private SpaceFeed.@Nullable Subscription subscription;
    private Rehearsals.@Nullable Watch watch;
    private volatile boolean lost; // its reader may follow it no more

    private Follower(Space space, FeedViews views, boolean reads, long at) {
      this.space = space;
      this.views = views;
      this.reads = reads;
      this.at = at;
    }
  }

  private LiveStream(Visit visit, EventStream stream) {
    this.visit = visit;
    this.parts = visit.parts();
    this.stream = stream;
  }

  /// Serves one browser until it leaves.
  static void serve(Visit visit, LiveStreams open) {
    try (var stream = EventStream.open(visit.request(), visit.response())) {
      var live = new LiveStream(visit, stream);
      if (visit.signedIn() && live.follow(stream.lastEventId().orElse(visit.query("at")))) {
        open.opened(live);
        try {
          stream.run();
        } finally {
          open.closed(live);
          live.leave();
        }
      } else {
        stream.send(new EventStream.Event("", "gone", ""));
      }
    }
  }

  private synchronized boolean follow(String places) {
    var lost = new LinkedHashSet<String>();
    var place = PLACE.matcher(places);
    while (place.find() && followers.size() < MOST_SPACES) {
      var id = place.group(1);
      var follower = follower(id, Long.parseLong(place.group(2)));
      if (follower != null) {
        followers.put(id, follower);
      } else {
        lost.add(id);
      }
    }
    if (followers.isEmpty()) {
      return false; // all of it is gone
    }
    // The same word for what was deleted, is closed to this person, or never was: none tells apart.
    lost.forEach(space -> stream.send(lost(space)));
    for (var follower : followers.values()) {
      if (follower.reads) {
        read(follower);
      }
      follower.watch = parts.rehearsals().watch(follower.space.id(), () -> rehearse(follower));
      stream.send(rehearsal(follower));
    }
    return true;
  }

  /// @return null: this visitor may not follow it, or it is no more
  private @Nullable Follower follower(String id, long at) {
    var space = parts.spaces().find(id).filter(found -> !found.deleted()).orElse(null);
    if (space == null) {
      return null;
    }
    var reads = parts.spaces().mayRead(visit.person(), id);
    return reads || SpacePages.manages(visit, space)
        ? new Follower(space, SpacePages.feed(visit, space), reads, at)
        : null;
  }

  private synchronized void read(Follower follower) {
    follower.subscription =
        parts
            .feed()
            .subscribe(follower.space.id(), message -> hear(follower, message), this::startAgain);
    var behind = parts.messages().lastPosition(follower.space.id()) - follower.at;
    if (behind < 0 || behind > MOST_REPLAYED) { // ahead: a backup was restored meanwhile
      stream.send(new EventStream.Event("", "reload", ""));
    } else {
      catchUp(follower, stream::send);
    }
  }

  private synchronized void leave() {
    followers.values().forEach(LiveStream::unfollow);
  }

  private static void unfollow(Follower follower) {
    if (follower.subscription != null) {
      follower.subscription.close();
    }
    if (follower.watch != null) {
      follower.watch.close();
    }
  }

  String session() {
    return visit.cookies().session();
  }

  /// Of whoever opened it, where messages are read.
  Stream<Seat> seats() {
    var person = visit.person();
    return followers.values().stream()
        .filter(follower -> follower.reads && !follower.lost)
        .map(follower -> new Seat(follower.space.id(), person.id()));
  }

  /// Ends what this person may not follow any more. Takes no lock: the round that calls this waits
  /// for nobody.
  ///
  /// @param person null: the session is over
  /// @param seats those that are taken
  void look(@Nullable Person person, Set<Seat> seats) {
    if (person == null) {
      gone();
      return;
    }
    for (var follower : followers.values()) {
      if (follower.reads
          ? !seats.contains(new Seat(follower.space.id(), person.id()))
          : !person.owner()) {
        lose(follower);
      }
    }
  }

  private void gone() {
    stream.offer(new EventStream.Event("", "gone", ""));
    stream.finish();
  }

  /// The others go on.
  private void lose(Follower follower) {
    if (!follower.lost) {
      follower.lost = true;
      unfollow(follower);
      stream.offer(lost(follower.space.id()));
      if (followers.values().stream().allMatch(each -> each.lost)) {
        gone();
      }
    }
  }

  private static EventStream.Event lost(String space) {
    return new EventStream.Event("", "lost", json(Map.of("space", space)));
  }

  private synchronized void hear(Follower follower, Message message) {
    if (follower.lost || !stillMay(follower)) {
      lose(follower);
    } else if (message.position() <= follower.at) {
      if (message.removedBy() != null) {
        stream.offer(removed(follower, message));
      }
    } else if (message.position() == follower.at + 1) {
      tell(follower, message, stream::offer);
    } else {
      catchUp(follower, stream::offer);
    }
  }

  /// Takes no lock: the round that calls this waits for nobody.
  private void rehearse(Follower follower) {
    if (!follower.lost && stillMay(follower)) {
      stream.offer(rehearsal(follower));
    }
  }

  private EventStream.Event rehearsal(Follower follower) {
    var data = new LinkedHashMap<String, Object>();
    data.put("space", follower.space.id());
    data.put("html", RehearsalPages.html(visit, follower.space));
    return new EventStream.Event("", "rehearsal", json(data));
  }

  /// Looked up for every message, as membership and session end at once; drawing it costs more.
  private boolean stillMay(Follower follower) {
    var id = follower.space.id();
    var spaces = parts.spaces();
    return parts
        .signIn()
        .bySession(visit.cookies().session())
        .filter(
            person -> follower.reads ? spaces.mayRead(person, id) : spaces.mayManage(person, id))
        .isPresent();
  }

  private void catchUp(Follower follower, Consumer<EventStream.Event> to) {
    var missed = parts.messages().since(follower.space.id(), follower.at, BATCH);
    while (!missed.isEmpty()) {
      missed.forEach(message -> tell(follower, message, to));
      missed = parts.messages().since(follower.space.id(), follower.at, BATCH);
    }
  }

  private void tell(Follower follower, Message message, Consumer<EventStream.Event> to) {
    follower.at = message.position();
    var item = follower.views.arrived(message);
    var data = new LinkedHashMap<String, Object>();
    data.put("space", follower.space.id());
    data.put("position", message.position());
    data.put("thread", message.thread());
    data.put("day", visit.clock().date(message.createTime()).toString());
    data.put("dayLabel", visit.clock().day(message.createTime()));
    data.put("html", item(item));
    if (message.reply()) {
      data.put("reply", item(follower.views.reply(message, false)));
      if (item instanceof Views.Update) {
        data.put("root", item(follower.views.standing(message)));
      }
    }
    to.accept(new EventStream.Event(id(), "post", json(data)));
  }

  private EventStream.Event removed(Follower follower, Message message) {
    var data = new LinkedHashMap<String, Object>();
    data.put("space", follower.space.id());
    data.put("html", item(follower.views.standing(message)));
    data.put("reply", item(follower.views.reply(message, false)));
    return new EventStream.Event("", "change", json(data));
  }

  private String id() {
    return followers.values().stream()
        .filter(follower -> !follower.lost)
        .map(follower -> follower.space.id() + "." + follower.at)
        .collect(Collectors.joining(","));
  }

  private static String json(Map<String, Object> data) {
    return new String(Answers.compact(data), StandardCharsets.UTF_8);
  }

  private String item(Views.Item item) {
    var csrf = visit.cookies().csrf();
    return html(out -> JteitemGenerated.render(out, Untouched.TAGS, visit.words(), item, csrf));
  }

  private static String html(Consumer<HtmlTemplateOutput> template) {
    var out = new StringOutput();
    template.accept(new OwaspHtmlTemplateOutput(out));
    return out.toString().strip();
  }

  /// The feed let go of us: the browser comes again and catches up.
  private void startAgain() {
    stream.offer(new EventStream.Event("", "again", ""));
    stream.finish();
  }
}
