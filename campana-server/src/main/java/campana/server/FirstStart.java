package campana.server;

import campana.server.people.Person;
import campana.server.space.NewSpace;
import java.util.Optional;

/// What an empty data folder begins with: an owner, the space `Quickstart`, and in it the webhook
/// `Quickstart Webhook`.
public final class FirstStart {
  /// What was made.
  ///
  /// @param signInUrl lets the owner in, once; a secret
  /// @param webhookUrl posts into the space; a secret
  public record Made(Person owner, String signInUrl, String webhookUrl) {
    @Override
    public String toString() {
      return "Made[" + owner.name() + "]";
    }
  }

  private FirstStart() {}

  /// Makes them where there is nobody yet.
  ///
  /// @param app started, as the URLs need its address
  /// @return empty where this is not the first start
  public static Optional<Made> in(ServerApp app) {
    return app.rooms().people().list().isEmpty() ? app.alone(() -> make(app)) : Optional.empty();
  }

  /// Another process may have been quicker.
  private static Optional<Made> make(ServerApp app) {
    var rooms = app.rooms();
    if (!rooms.people().list().isEmpty()) {
      return Optional.empty();
    }
    var owner = made(rooms.people().create("", "Owner", true));
    var space = made(rooms.spaces().create(NewSpace.named("Quickstart"), owner));
    var webhook = rooms.webhooks().create(space, "Quickstart Webhook", "");
    return Optional.of(
        new Made(
            owner,
            rooms.signInUrl(rooms.signIn().link(owner)),
            webhook.done().map(rooms.webhooks()::url).orElse("")));
  }

  private static <T> T made(Change<T> change) {
    return change
        .done()
        .orElseThrow(() -> new IllegalStateException("the first start was refused: " + change));
  }
}
