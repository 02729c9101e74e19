package campana.server.web.page;

import campana.http.Origin;
import campana.http.PageHeaders;
import campana.server.Operations;
import campana.server.people.Person;
import campana.server.space.Space;
import campana.server.space.SpaceType;
import gg.jte.html.HtmlTemplateOutput;
import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.Utf8ByteOutput;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One request for a page, and its answer: who asks, in which language and zone, what the form
/// says. Belongs to one thread.
final class Visit {
  private final PageParts parts;
  private final ServerRequest request;
  private final ServerResponse response;
  private final VisitCookies cookies;
  private final @Nullable Person person;
  private final Words words;
  private final Clockface clock;
  private final Map<String, String> form;

  /// @param form the fields of a POST, without repeated ones; empty for a GET
  Visit(PageParts parts, ServerRequest request, ServerResponse response, Map<String, String> form) {
    this.parts = parts;
    this.request = request;
    this.response = response;
    this.form = form;
    this.cookies =
        new VisitCookies(
            request,
            response,
            Origin.of(request, parts.trusted()),
            parts.chance(),
            port(parts.base().get()));
    this.person = parts.signIn().bySession(cookies.session()).orElse(null);
    var own =
        person == null || person.language().isEmpty() ? cookies.language() : person.language();
    this.words = Words.choose(own, request.headers().first(HeaderNames.ACCEPT_LANGUAGE).orElse(""));
    this.clock = Clockface.of(cookies.zone(), words.locale());
  }

  private static int port(String base) {
    var url = URI.create(base);
    return url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
  }

  PageParts parts() {
    return parts;
  }

  VisitCookies cookies() {
    return cookies;
  }

  ServerRequest request() {
    return request;
  }

  ServerResponse response() {
    return response;
  }

  boolean signedIn() {
    return person != null;
  }

  /// Whoever is signed in; only for pages that let nobody else in.
  Person person() {
    return Objects.requireNonNull(person);
  }

  Words words() {
    return words;
  }

  Clockface clock() {
    return clock;
  }

  /// A part of the address, empty where it has none of this name.
  String path(String name) {
    return request.path().pathParameters().first(name).orElse("");
  }

  String query(String name) {
    return request.query().first(name).orElse("");
  }

  /// A field of the form, without blanks around it; empty where it is missing.
  String field(String name) {
    return form.getOrDefault(name, "").strip();
  }

  /// As it was typed: for passwords.
  String secret(String name) {
    return form.getOrDefault(name, "");
  }

  /// Whether the form was sent by a page of ours, for this very browser.
  boolean ours() {
    var site = request.headers().first(HeaderNames.create("Sec-Fetch-Site")).orElse("");
    return !site.equals("cross-site") && cookies.csrfIs(form.getOrDefault("csrf", ""));
  }

  /// Answers with a page.
  void show(int status, Consumer<HtmlTemplateOutput> template) {
    var utf8 = new Utf8ByteOutput();
    template.accept(new OwaspHtmlTemplateOutput(utf8));
    var bytes = new ByteArrayOutputStream(utf8.getContentLength());
    try {
      utf8.writeTo(bytes);
    } catch (IOException e) { // a stream in memory
      throw new UncheckedIOException(e);
    }
    response.status(Status.create(status));
    response.header("Content-Type", "text/html; charset=utf-8");
    PageHeaders.addPrivate(response); // pages hold webhook URLs
    response.send(bytes.toByteArray());
  }

  void show(Consumer<HtmlTemplateOutput> template) {
    show(200, template);
  }

  /// Sends the browser to another page; after a form, so that going back repeats nothing.
  void go(String path) {
    response.status(Status.SEE_OTHER_303);
    response.header("Location", path);
    response.header("Cache-Control", "no-store");
    response.send();
  }

  /// The same, with a sentence there about what was done.
  void go(String path, String notice) {
    cookies.setNotice(notice);
    go(path);
  }

  /// No such page, or not for this reader: the same words for both, so that nobody learns which
  /// spaces there are.
  void missing() {
    trouble(404, words.say("missing"), words.say("missing.help"), "/", words.say("to.home"));
  }

  void trouble(int status, String heading, String text, String href, String button) {
    var shell = shell(heading, "");
    show(
        status,
        out -> JtetroubleGenerated.render(out, Untouched.TAGS, shell, heading, text, href, button));
  }

  /// What frames a door: the same for everybody.
  Views.Shell door(String title) {
    return new Views.Shell(
        words, title, null, cookies.csrf(), List.of(), List.of(), "", "", "", cookies.takeNotice());
  }

  /// What frames each page.
  ///
  /// @param here the link that is current
  Views.Shell shell(String title, String here) {
    if (person == null) {
      return door(title);
    }
    var all =
        parts.spaces().listFor(person).stream()
            .collect(Collectors.partitioningBy(s -> s.type() == SpaceType.DIRECT_MESSAGE));
    var me =
        new Views.Me(
            person.displayName(),
            person.email(),
            Avatar.of(person.displayName(), ""),
            person.owner());
    return new Views.Shell(
        words,
        title,
        me,
        cookies.csrf(),
        links(Objects.requireNonNull(all.get(false))),
        links(Objects.requireNonNull(all.get(true))),
        here,
        person.owner() ? parts.alarm().get().map(this::alarm).orElse("") : "",
        person.owner() ? disk(parts.diskUsed().getAsDouble()) : "",
        cookies.takeNotice());
  }

  private String alarm(Operations.Alarm alarm) {
    return words.count("alarm.places", alarm.places(), clock.dateAndMinute(alarm.since()))
        + " "
        + words.count("alarm.waiting", alarm.waiting());
  }

  private String disk(double used) {
    return used < Operations.NEARLY_FULL ? "" : words.say("disk.used", Math.round(used * 100));
  }

  private List<Views.Link> links(List<Space> spaces) {
    return spaces.stream()
        .map(s -> new Views.Link("/spaces/" + s.id(), title(s), Avatar.of(title(s), "")))
        .toList();
  }

  /// A space's name; for a direct message the other's.
  String title(Space space) {
    if (!space.displayName().isEmpty()) {
      return space.displayName();
    }
    var others =
        parts.spaces().members(space.id()).stream()
            .map(member -> member.person())
            .filter(p -> person == null || !p.id().equals(person.id()))
            .map(Person::displayName)
            .collect(Collectors.joining(", "));
    return others.isEmpty() ? person().displayName() : others;
  }
}
