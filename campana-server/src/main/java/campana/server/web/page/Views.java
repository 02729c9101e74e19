package campana.server.web.page;

import campana.server.draw.MessageState;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Plain values that the templates draw: every decision is made before, every text is in the
/// reader's language.
final class Views {
  private Views() {}

  /// The class of the stylesheet, and the word's key after `state.`.
  static String key(MessageState state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  /// What frames each page.
  ///
  /// @param title of the browser's tab, without the product's name
  /// @param person whoever is signed in; null before
  /// @param csrf goes into each form
  /// @param here path of the link that is current
  /// @param alarm one sentence about what does not reach where it shall, for owners; empty for none
  /// @param disk one sentence about a disk that is nearly full, for owners; empty for none
  /// @param notice one sentence about what was just done; empty for none
  record Shell(
      Words w,
      String title,
      @Nullable Me person,
      String csrf,
      List<Link> spaces,
      List<Link> directs,
      String here,
      String alarm,
      String disk,
      String notice) {}

  record Me(String name, String email, Avatar avatar, boolean owner) {}

  record Link(String href, String text, Avatar avatar) {}

  /// One message.
  ///
  /// @param html drawn by the server from the sender's content, safe
  /// @param line the same as one line of plain text
  /// @param time `10:42:07`
  /// @param follows shares the header line of the one before
  /// @param removedBy empty while it stands
  /// @param hintUrl the webhook's URL with a reply option, where the key came without one and the
  ///   reader manages the webhook; else empty
  /// @param removeHref where the form goes that removes it; empty where the reader may not
  record Line(
      long position,
      String sender,
      Avatar avatar,
      String html,
      String line,
      MessageState state,
      String time,
      String timeFull,
      String iso,
      boolean follows,
      String removedBy,
      String hintUrl,
      String removeHref) {}

  /// What stands at one place of the feed.
  sealed interface Item {}

  /// A new day.
  record Day(String date, String label) implements Item {}

  /// A thread at the place of its first message.
  ///
  /// @param replies how many answers it has
  /// @param over whether its last word was «resolved»: dimmed and folded
  /// @param length from the first message to the last
  /// @param openSince epoch milliseconds while it is open, else 0
  record Incident(
      Line root,
      String href,
      int replies,
      String lastTime,
      boolean over,
      String length,
      long openSince,
      MessageState state,
      String webhookId,
      long epoch)
      implements Item {}

  /// An answer to a thread whose first message is far above: one line, at its own place.
  record Update(long thread, Line last, String title, String href, int replies, long epoch)
      implements Item {}

  /// @param olderHref empty at the beginning
  record Feed(List<Item> items, String olderHref, long lastPosition) {}

  /// An answer, as the thread's own panel shows it.
  record Reply(Line line, String webhookId, long epoch) implements Item {}

  record Panel(String closeHref, long thread, MessageState state, List<Item> items) {}

  /// The bar above everything of a space.
  ///
  /// @param about the space's description; empty for none
  /// @param manages whether the reader may change the space and its webhooks
  record SpaceHead(String title, String about, String href, String backHref, boolean manages) {}

  /// A rehearsal that goes on, as readers see it.
  ///
  /// @param text what posts meet, in a sentence
  /// @param bounds how many posts meet it, and when it ends
  /// @param stopHref where the form goes that ends it; empty where the reader may not
  record Rehearsing(String text, String bounds, String stopHref) {}

  /// What a form sends, and how it reads.
  record Option(String value, String text) {}

  /// One of several, in a form.
  record Pick(String name, String label, List<Option> options) {}

  /// @param quota as `1/s`
  /// @param webhooks how many it has: an empty space says what one is
  /// @param curl a line to paste, empty where the reader may not see a webhook's URL
  /// @param banner one sentence above the feed; empty for none
  record SpacePage(
      Shell shell,
      SpaceHead head,
      String id,
      String quota,
      Feed feed,
      @Nullable Panel panel,
      int webhooks,
      String curl,
      String banner,
      @Nullable Rehearsing rehearsal) {}

  /// @param used when it was last used, in words
  /// @param url whole and secret; empty where the reader may not see it
  record Hook(String id, String name, Avatar avatar, String used, String url) {}

  /// @param lastPosition how far the space had come when this was drawn
  /// @param forbidden why none can be added now; empty: they can
  /// @param rehearsal what goes on now
  /// @param rehearse the fields that begin one
  record AppsPage(
      Shell shell,
      SpaceHead head,
      String id,
      long lastPosition,
      List<Hook> webhooks,
      String forbidden,
      @Nullable Rehearsing rehearsal,
      List<Pick> rehearse) {}

  /// The form for a webhook, new or not.
  record HookPage(
      Shell shell,
      SpaceHead head,
      String heading,
      String action,
      String name,
      String avatar,
      String wrongName,
      String wrongAvatar) {}

  /// Asks once before something that cannot simply be taken back.
  record ConfirmPage(
      Shell shell,
      @Nullable SpaceHead head,
      String heading,
      String text,
      String action,
      String button,
      boolean danger,
      String backHref) {}

  /// @param value what a form sends; empty where there is nothing to send
  record Choice(String value, String text, String more, Avatar avatar) {}

  record SettingsPage(
      Shell shell,
      SpaceHead head,
      boolean direct,
      String name,
      String wrongName,
      String description,
      String wrongDescription,
      boolean ownQuota,
      String defaultQuota,
      String rate,
      String wrongRate,
      String burst,
      String wrongBurst,
      List<Choice> members,
      String email,
      String wrongEmail) {}

  /// @param invitation a link that was just made, shown once; empty else
  record OrganisationPage(
      Shell shell,
      boolean pinned,
      boolean webhooks,
      boolean webhooksInDirect,
      List<Choice> people,
      String invited,
      String invitation,
      String email,
      String wrongEmail,
      String name,
      String wrongName,
      List<Choice> spaces) {}

  record MePage(
      Shell shell,
      String language,
      boolean chatApps,
      String email,
      boolean hasPassword,
      String typedEmail,
      String wrongEmail,
      String wrongPassword) {}

  /// A space as the first page lists it.
  record Glance(
      String href, String title, Avatar avatar, MessageState state, String line, String time) {}
}
