package campana.cli.command;

import static campana.cli.command.Names.text;

import campana.cli.api.Api;
import campana.cli.api.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `campana space …`
@Command(name = "space", description = "Spaces: where messages are read.")
final class SpaceCommands {
  private static final String SPACE = "spaces/ID, ID or a name that only one space has";
  private static final String DESCRIPTION = "what it is for, at most 150 characters";
  private static final String QUOTA =
      "messages it takes over all its webhooks, N/s or N/m, with a burst after a comma: 1/s or"
          + " 10/s,20";

  /// google.chat.v1.Space.SpaceType, as far as one can create it.
  enum Type {
    SPACE,
    GROUP_CHAT,
    DIRECT_MESSAGE
  }

  private final Shell shell;

  SpaceCommands(Shell shell) {
    this.shell = shell;
  }

  @Command(description = "Makes a space and prints its name, spaces/ID.")
  void create(
      @Parameters(paramLabel = "NAME", description = "what people call it", arity = "0..1")
          @Nullable String name,
      @Option(names = "--type", description = "${COMPLETION-CANDIDATES}", defaultValue = "SPACE")
          Type type,
      @Option(names = "--member", paramLabel = "EMAIL", description = "may be given repeatedly")
          @Nullable List<String> members,
      @Option(names = "--description", paramLabel = "TEXT", description = DESCRIPTION)
          @Nullable String description,
      @Option(names = "--quota", paramLabel = "RATE", description = QUOTA) @Nullable String quota) {
    var space = Api.object().put("spaceType", type.name());
    if (name != null) {
      space.put("displayName", name);
    } else if (type == Type.SPACE) {
      throw Failure.usage("NAME: wanted the space's name");
    }
    if (description != null) {
      describe(space, description);
    }
    if (quota != null) {
      quota(space, quota);
    }
    var setup = Api.object();
    setup.set("space", space);
    var memberships = setup.putArray("memberships");
    for (var member : members == null ? List.<String>of() : members) {
      memberships.addObject().putObject("member").put("name", member(member));
    }
    shell.say(text(shell.api().post("/v1/spaces:setup", setup), "name"));
  }

  @Command(description = "Changes a space's name, description or quota.")
  void set(
      @Parameters(paramLabel = "SPACE", description = SPACE) String space,
      @Option(names = "--name", description = "a new name") @Nullable String name,
      @Option(
              names = "--description",
              paramLabel = "TEXT",
              description = DESCRIPTION + "; '' for none")
          @Nullable String description,
      @Option(
              names = "--quota",
              paramLabel = "RATE",
              description = QUOTA + "; «default» for the server's own")
          @Nullable String quota) {
    var change = Api.object();
    if (name != null) {
      change.put("displayName", name);
    }
    if (description != null) {
      describe(change, description);
    }
    if (quota != null && quota.equals("default")) {
      change.putNull("quota");
    } else if (quota != null) {
      quota(change, quota);
    }
    if (change.isEmpty()) {
      throw Failure.usage("wanted --name, --description or --quota");
    }
    var api = shell.api();
    shell.say(text(api.patch("/v1/" + new Names(api).space(space), change), "name"));
  }

  @Command(description = "Lists the spaces.")
  void list(@Option(names = "--json", description = "as the API gives them") boolean json) {
    var spaces = shell.api().all("/v1/spaces", "spaces");
    shell.listing(
        json,
        "spaces",
        spaces,
        List.of("SPACE", "NAME", "TYPE", "QUOTA"),
        s ->
            List.of(
                text(s, "name"),
                text(s, "displayName"),
                text(s, "spaceType"),
                quotaText(s.path("quota"))));
  }

  @Command(description = "Deletes a space with its messages; its webhooks are refused at once.")
  void delete(@Parameters(paramLabel = "SPACE", description = SPACE) String space) {
    var api = shell.api();
    api.delete("/v1/" + new Names(api).space(space));
  }

  @Command(description = "Brings a deleted space back, within its grace time.")
  void restore(@Parameters(paramLabel = "SPACE", description = "spaces/ID or ID") String space) {
    var name = space.startsWith("spaces/") ? space : "spaces/" + space;
    shell.say(text(shell.api().post("/v1/" + name + ":restore", Api.object()), "name"));
  }

  @Command(description = "Lists who may read a space.")
  void members(
      @Parameters(paramLabel = "SPACE", description = SPACE) String space,
      @Option(names = "--json", description = "as the API gives them") boolean json) {
    var api = shell.api();
    var members = api.all("/v1/" + new Names(api).space(space) + "/members", "memberships");
    shell.listing(
        json,
        "memberships",
        members,
        List.of("USER", "NAME", "ROLE"),
        m ->
            List.of(
                text(m.path("member"), "name"),
                text(m.path("member"), "displayName"),
                text(m, "role").equals("ROLE_MANAGER") ? "manager" : "member"));
  }

  @Command(name = "add-member", description = "Lets somebody read a space, or changes their role.")
  void addMember(
      @Parameters(paramLabel = "SPACE", description = SPACE) String space,
      @Parameters(paramLabel = "USER", description = "users/ID or e-mail address") String user,
      @Option(names = "--manager", description = "and manage it; without this a member only")
          boolean manager) {
    var api = shell.api();
    var body = Api.object().put("role", manager ? "ROLE_MANAGER" : "ROLE_MEMBER");
    body.putObject("member").put("name", member(user));
    api.post("/v1/" + new Names(api).space(space) + "/members", body);
  }

  @Command(name = "remove-member", description = "Lets somebody no longer read a space.")
  void removeMember(
      @Parameters(paramLabel = "SPACE", description = SPACE) String space,
      @Parameters(paramLabel = "USER", description = "users/ID or e-mail address") String user) {
    var api = shell.api();
    var names = new Names(api);
    var id = names.user(user).substring("users/".length());
    api.delete("/v1/" + names.space(space) + "/members/" + id);
  }

  private static String member(String typed) {
    return typed.contains("@") || typed.startsWith("users/") ? typed : "users/" + typed;
  }

  private static void describe(ObjectNode into, String text) {
    into.putObject("spaceDetails").put("description", text);
  }

  /// `10/s` or `10/s,20`; whether the rate is one the server says.
  private static void quota(ObjectNode into, String typed) {
    var comma = typed.indexOf(',');
    var quota = into.putObject("quota");
    quota.put("rate", comma < 0 ? typed : typed.substring(0, comma).strip());
    if (comma >= 0) {
      try {
        quota.put("burst", Integer.parseInt(typed.substring(comma + 1).strip()));
      } catch (NumberFormatException e) {
        throw Failure.usage("--quota: wanted a rate and a burst such as 10/s,20, got " + typed);
      }
    }
  }

  private static String quotaText(JsonNode quota) {
    var burst = quota.path("burst").asInt(1);
    return text(quota, "rate") + (burst > 1 ? "," + burst : "");
  }
}
