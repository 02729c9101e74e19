package campana.server.web;

import campana.server.Operations;
import campana.server.ServerSettings;
import campana.server.message.Messages;
import campana.server.people.People;
import campana.server.people.SignIn;
import campana.server.people.Tokens;
import campana.server.policy.Policies;
import campana.server.rehearsal.Rehearsals;
import campana.server.space.Spaces;
import campana.server.webhook.Webhooks;
import java.util.function.Supplier;

/// All that the resources API translates to.
///
/// @param base what the server's own URLs begin with, without a slash at the end
public record Rooms(
    Spaces spaces,
    Webhooks webhooks,
    Messages messages,
    People people,
    SignIn signIn,
    Tokens tokens,
    Policies policies,
    Rehearsals rehearsals,
    Operations operations,
    Supplier<ServerSettings> settings,
    Supplier<String> base) {

  /// Where a sign-in link leads.
  public String signInUrl(String token) {
    return base.get() + "/sign-in/" + token;
  }
}
