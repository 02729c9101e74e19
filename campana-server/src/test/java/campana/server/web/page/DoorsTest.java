package campana.server.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import campana.http.Cidr;
import campana.http.HttpSettings;
import campana.server.LiveServer;
import campana.server.ServerSettings;
import campana.server.people.Person;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoorsTest {
  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");

  @TempDir Path folder;
  private LiveServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  /// As a browser sends them; the JDK's own jar writes them in the form of 1997.
  private final Map<String, String> cookies = new TreeMap<>();

  @BeforeEach
  void start() {
    var settings =
        HttpSettings.at("127.0.0.1", 0).withTrustedProxies(List.of(Cidr.of("127.0.0.1/32")));
    server = new LiveServer(folder, ServerSettings.DEFAULT, Clock.systemUTC(), settings);
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(server.app().address() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  private HttpResponse<String> post(String path, String form)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.app().address()).resolve(path))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form));
    return send(request);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    cookies.forEach((name, value) -> request.header("Cookie", name + "=" + value));
    var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    for (var cookie : answer.headers().allValues("set-cookie")) {
      var pair = cookie.substring(0, cookie.indexOf(';')).split("=", 2);
      cookies.put(pair[0], pair[1]);
    }
    return answer;
  }

  private static String csrf(HttpResponse<String> page) {
    var found = CSRF.matcher(page.body());
    assertThat(found.find()).as("the page has a form with a token").isTrue();
    return "csrf=" + found.group(1);
  }

  private String link(Person person) {
    return "/sign-in/" + server.app().rooms().signIn().link(person);
  }

  private String signIn(Person person) throws IOException, InterruptedException {
    var link = link(person);
    assertThat(post(link, csrf(get(link))).statusCode()).isEqualTo(303);
    return csrf(get("/"));
  }

  @Test
  void a_get_never_uses_a_link_up_and_a_click_does_so_once()
      throws IOException, InterruptedException {
    var link = link(server.owner());
    for (int i = 0; i < 3; i++) {
      assertThat(get(link).statusCode()).isEqualTo(200);
    }
    var token = csrf(get(link));
    var in = post(link, token);
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(in.headers().firstValue("location")).contains("/");
    assertThat(get("/").body()).contains("Owner");
    assertThat(get(link).statusCode()).isEqualTo(410);
  }

  @Test
  void a_form_without_its_pages_token_changes_nothing() throws IOException, InterruptedException {
    var link = link(server.owner());
    assertThat(post(link, "").statusCode()).isEqualTo(403);
    assertThat(post(link, "csrf=guess").statusCode()).isEqualTo(403);
    assertThat(get(link).statusCode()).as("not used up").isEqualTo(200);
    signIn(server.owner());
    var before = server.app().rooms().spaces().list().size();
    assertThat(post("/spaces/new", "name=Evil").statusCode()).isEqualTo(403);
    assertThat(server.app().rooms().spaces().list()).hasSize(before);
  }

  @Test
  void cookies_are_lax_and_hidden_from_script_and_secure_exactly_with_https()
      throws IOException, InterruptedException {
    var plain = get("/sign-in").headers().allValues("set-cookie");
    assertThat(plain)
        .isNotEmpty()
        .allSatisfy(c -> assertThat(c).contains("HttpOnly", "SameSite=Lax"))
        .noneMatch(c -> c.contains("Secure"));
    cookies.clear();
    var behindProxy = get("/sign-in", "X-Forwarded-Proto", "https").headers();
    assertThat(behindProxy.allValues("set-cookie"))
        .isNotEmpty()
        .allMatch(c -> c.contains("Secure"));
  }

  @Test
  void pages_allow_no_inline_script_and_are_kept_by_nobody()
      throws IOException, InterruptedException {
    signIn(server.owner());
    var page = get("/");
    assertThat(page.headers().firstValue("content-security-policy").orElse(""))
        .contains("default-src 'self'")
        .doesNotContain("unsafe");
    assertThat(page.headers().firstValue("cache-control")).contains("no-store");
    assertThat(page.body()).doesNotContain("<style", "style=", "onclick=", "<script>");
  }

  @Test
  void whoever_is_not_signed_in_comes_back_to_the_page_they_wanted()
      throws IOException, InterruptedException {
    var space = server.space();
    var away = get("/spaces/" + space.id());
    assertThat(away.statusCode()).isEqualTo(303);
    assertThat(away.headers().firstValue("location").orElse(""))
        .isEqualTo("/sign-in?next=%2Fspaces%2F" + space.id());
  }

  @Test
  void a_password_opens_the_door_and_never_another_host() throws IOException, InterruptedException {
    var ada = server.person("ada@example.org");
    server.app().rooms().people().setPassword(ada.id(), "bell bronze");
    var token = csrf(get("/sign-in"));
    var form = "&email=ada%40example.org&password=bell+bronze&next=";
    assertThat(post("/sign-in", token + "&email=ada%40example.org&password=wrong").statusCode())
        .isEqualTo(403);
    var in = post("/sign-in", token + form + "%2F%09%2Fevil.example.org");
    assertThat(in.headers().firstValue("location")).contains("/");
    var out = post("/sign-out", csrf(get("/")));
    assertThat(out.headers().firstValue("location")).contains("/sign-in");
    assertThat(get("/").statusCode()).isEqualTo(303);
  }

  @Test
  void a_space_of_others_and_a_space_that_never_was_look_the_same()
      throws IOException, InterruptedException {
    var space = server.space();
    signIn(server.person("ada@example.org"));
    var others = get("/spaces/" + space.id());
    assertThat(others.statusCode()).isEqualTo(404);
    var never = get("/spaces/cmpNeverWas1");
    assertThat(never.statusCode()).isEqualTo(404);
    assertThat(others.body()).isEqualTo(never.body());
    assertThat(get("/live?at=" + space.id() + ".0").body()).contains("event: gone");
  }

  @Test
  void a_member_reads_but_sees_no_webhooks_secret_and_changes_nothing()
      throws IOException, InterruptedException {
    var space = server.space();
    var webhook = server.webhook(space);
    var ada = server.person("ada@example.org");
    var rooms = server.app().rooms();
    rooms.spaces().addMember(space.id(), ada, false, server.owner());
    var token = signIn(ada);
    var path = "/spaces/" + space.id();
    assertThat(get(path).statusCode()).isEqualTo(200);
    assertThat(get(path + "/apps").body()).contains("Bell").doesNotContain("token=");
    assertThat(get(path + "/settings").statusCode()).isEqualTo(403);
    assertThat(get("/organisation").statusCode()).isEqualTo(403);
    for (var action :
        List.of("/apps/new", "/apps/" + webhook.id() + "/delete", "/settings/quota", "/delete")) {
      assertThat(post(path + action, token + "&name=x").statusCode()).as(action).isEqualTo(403);
    }
    assertThat(rooms.webhooks().list(space.id())).containsExactly(webhook);
  }

  @Test
  void a_key_without_an_option_is_told_to_who_manages_the_webhook_and_to_nobody_else()
      throws IOException, InterruptedException {
    var space = server.space();
    var rooms = server.app().rooms();
    var url = rooms.webhooks().url(server.webhook(space));
    var option = "&messageReplyOption=REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD";
    post(url, "{\"text\":\"the first of its key\",\"thread\":{\"threadKey\":\"k\"}}");
    post(url + option, "{\"text\":\"a reply\",\"thread\":{\"threadKey\":\"k\"}}");
    post(url + option, "{\"text\":\"another\",\"thread\":{\"threadKey\":\"other\"}}");
    post(url, "{\"text\":\"no key at all\"}");
    var ada = server.person("ada@example.org");
    rooms.spaces().addMember(space.id(), ada, false, server.owner());
    var path = "/spaces/" + space.id();
    var hint = "The URL has no messageReplyOption";
    var toCopy = "value=\"" + (url + option).replace("&", "&amp;") + "\"";

    signIn(server.owner());
    assertThat(get(path).body()).containsOnlyOnce(hint).containsOnlyOnce(toCopy);
    assertThat(get(path + "/threads/1").body()).contains(hint, toCopy);
    post(url, "{\"text\":\"once more\",\"thread\":{\"threadKey\":\"k\"}}");
    assertThat(get(path).body().split(Pattern.quote(toCopy), -1)).hasSize(3);

    cookies.clear();
    signIn(ada);
    assertThat(get(path).body()).contains("once more").doesNotContain(hint, "token=");
  }

  @Test
  void two_servers_on_one_host_do_not_sign_each_other_s_people_out(@TempDir Path other)
      throws IOException, InterruptedException {
    signIn(server.owner());
    var first = server;
    try (var second = new LiveServer(other)) {
      server = second; // the jar goes along, as a browser's does: cookies know no ports
      signIn(second.owner());
      assertThat(get("/").statusCode()).isEqualTo(200);
      server = first;
      assertThat(get("/").statusCode()).isEqualTo(200);
    } finally {
      server = first;
    }
  }

  @Test
  void an_address_that_is_nobody_s_is_told_in_the_reader_s_language()
      throws IOException, InterruptedException {
    String[] browser = {"Accept", "text/html,application/xhtml+xml", "Accept-Language", "it"};
    var page = get("/nowhere/at/all", browser);
    assertThat(page.statusCode()).isEqualTo(404);
    assertThat(page.body()).contains("<html lang=\"it\">", Words.of("it").say("missing"));
    for (var like : List.of("/v1/nowhere", "/v2/spaces/S", "/rooms/S/messages")) {
      assertThat(get(like, browser).body()).as(like).contains("<h2>Error 404</h2>");
    }
    assertThat(get("/nowhere").body()).as("to a program").contains("<h2>Error 404</h2>");
  }

  @Test
  void a_space_s_description_is_set_in_its_settings_and_stands_under_its_title()
      throws IOException, InterruptedException {
    var csrf = signIn(server.owner());
    var space = server.space();
    var settings = "/spaces/" + space.id() + "/settings";
    assertThat(get("/spaces/" + space.id()).body()).doesNotContain("class=\"about");
    var set = post(settings + "/description", csrf + "&description=What+is+%3Con%3E+fire");
    assertThat(set.statusCode()).isEqualTo(303);
    assertThat(get("/spaces/" + space.id()).body()).contains(">What is &lt;on&gt; fire</p>");
    assertThat(get(settings).body()).contains("value=\"What is &lt;on> fire\"");
    var wrong = post(settings + "/description", csrf + "&description=" + "x".repeat(151));
    assertThat(wrong.statusCode()).isEqualTo(400);
    assertThat(wrong.body()).contains("at most 150 characters", "x".repeat(151));
  }

  @Test
  void restoring_an_older_direct_message_leads_to_the_newer_one()
      throws IOException, InterruptedException {
    var ada = server.person("ada@example.org");
    var csrf = signIn(ada);
    var bob = "&person=" + server.person("bob@example.org").id();
    var first = post("/direct/new", csrf + bob).headers().firstValue("location").orElseThrow();
    var id = first.substring("/spaces/".length());
    server.app().rooms().spaces().delete(id, ada);
    var second = post("/direct/new", csrf + bob).headers().firstValue("location").orElseThrow();
    assertThat(second).isNotEqualTo(first);
    var restored = post(first + "/restore", csrf);
    assertThat(restored.headers().firstValue("location")).hasValue(second);
    assertThat(get(second).body()).contains("You two have a newer direct message");
  }
}
