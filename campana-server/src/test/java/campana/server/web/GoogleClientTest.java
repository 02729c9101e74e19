package campana.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import campana.server.LiveServer;
import campana.testkit.Kind;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.client.json.gson.GsonFactory;
import com.google.api.services.chat.v1.HangoutsChat;
import com.google.api.services.chat.v1.model.Message;
import com.google.api.services.chat.v1.model.Space;
import com.google.api.services.chat.v1.model.Thread;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Google's own Java client, unchanged but for the root URL.
@ParameterizedClass
@EnumSource(Kind.class)
class GoogleClientTest {
  @Parameter Kind kind;

  static LiveServer server;
  static HangoutsChat chat;

  @BeforeParameterizedClassInvocation
  static void start(Kind kind, @TempDir Path folder) {
    server = new LiveServer(kind, folder);
    chat = client(server.app().ownerToken());
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  private static HangoutsChat client(String token) {
    return new HangoutsChat.Builder(
            new NetHttpTransport(),
            GsonFactory.getDefaultInstance(),
            request -> request.getHeaders().setAuthorization("Bearer " + token))
        .setRootUrl(server.app().address() + "/")
        .setApplicationName("test")
        .build();
  }

  private static Message post(campana.server.webhook.Webhook webhook, Message message)
      throws IOException {
    var target = server.target(webhook);
    var query = Query.parse(target.substring(target.indexOf('?') + 1));
    // as behind a webhook's URL: no Authorization; the body goes out gzipped, in chunks
    var anonymous =
        new HangoutsChat.Builder(new NetHttpTransport(), GsonFactory.getDefaultInstance(), _ -> {})
            .setRootUrl(server.app().address() + "/")
            .setApplicationName("test")
            .build();
    return anonymous
        .spaces()
        .messages()
        .create("spaces/" + webhook.spaceId(), message)
        .setKey(query.last("key"))
        .set("token", query.last("token"))
        .setMessageReplyOption("REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD")
        .execute();
  }

  @Test
  void it_makes_lists_gets_renames_and_deletes_spaces() throws IOException {
    var made =
        chat.spaces().create(new Space().setDisplayName("Ops").setSpaceType("SPACE")).execute();
    assertThat(made.getName()).matches("spaces/cmp[\\w-]{8,13}");
    assertThat(made.getDisplayName()).isEqualTo("Ops");
    assertThat(chat.spaces().get(made.getName()).execute()).isEqualTo(made);
    assertThat(chat.spaces().list().setPageSize(1000).execute().getSpaces()).contains(made);
    var renamed =
        chat.spaces()
            .patch(made.getName(), new Space().setDisplayName("Operations"))
            .setUpdateMask("display_name")
            .execute();
    assertThat(renamed.getDisplayName()).isEqualTo("Operations");
    assertThat(chat.spaces().members().list(made.getName()).execute().getMemberships())
        .singleElement()
        .satisfies(member -> assertThat(member.getRole()).isEqualTo("ROLE_MANAGER"));
    chat.spaces().delete(made.getName()).execute();
    assertThatThrownBy(() -> chat.spaces().get(made.getName()).execute())
        .isInstanceOfSatisfying(
            GoogleJsonResponseException.class,
            e -> {
              assertThat(e.getStatusCode()).isEqualTo(404);
              assertThat(e.getDetails().getMessage()).isEqualTo("Requested entity was not found.");
            });
  }

  @Test
  void it_posts_lists_gets_and_deletes_messages() throws IOException {
    var space = server.space();
    var webhook = server.webhook(space);
    var first =
        post(webhook, new Message().setText("one").setThread(new Thread().setThreadKey("disk")));
    var second =
        post(webhook, new Message().setText("two").setThread(new Thread().setThreadKey("disk")));
    assertThat(second.getThread().getName()).isEqualTo(first.getThread().getName());
    post(webhook, new Message().setText("three"));

    var page = chat.spaces().messages().list(space.name()).setPageSize(2).execute();
    assertThat(page.getMessages()).extracting(Message::getText).containsExactly("one", "two");
    var rest =
        chat.spaces()
            .messages()
            .list(space.name())
            .setPageSize(2)
            .setPageToken(page.getNextPageToken())
            .execute();
    assertThat(rest.getMessages()).extracting(Message::getText).containsExactly("three");
    assertThat(rest.getNextPageToken()).isNull();

    var inThread =
        chat.spaces()
            .messages()
            .list(space.name())
            .setFilter("thread.name = " + first.getThread().getName())
            .setOrderBy("createTime DESC")
            .execute();
    assertThat(inThread.getMessages()).extracting(Message::getText).containsExactly("two", "one");

    var got = chat.spaces().messages().get(second.getName()).execute();
    assertThat(got.getText()).isEqualTo("two");
    assertThat(got.getSender().getType()).isEqualTo("BOT");
    assertThat(got.getSender().getDisplayName()).isEqualTo("Bell");
    assertThat(got.getThreadReply()).isTrue();

    chat.spaces().messages().delete(first.getName()).execute();
    assertThat(chat.spaces().messages().list(space.name()).execute().getMessages())
        .extracting(Message::getText)
        .containsExactly("two", "three");
    var removed = chat.spaces().messages().list(space.name()).setShowDeleted(true).execute();
    assertThat(removed.getMessages()).hasSize(3);
    var gone = removed.getMessages().getFirst();
    assertThat(gone.getDeletionMetadata().getDeletionType()).isEqualTo("SPACE_OWNER");
    assertThat(gone.getDeleteTime()).isNotNull();
  }
}
