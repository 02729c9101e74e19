package campana.server.feed;

import static org.assertj.core.api.Assertions.assertThat;

import campana.server.message.Message;
import campana.testkit.ManualClock;
import campana.wire.MessageReplyOption;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SpaceFeedTest {
  private final SpaceFeed feed = new SpaceFeed();

  @AfterEach
  void close() {
    feed.close();
  }

  private static Message message(long position) {
    return new Message(
        "S",
        position,
        position,
        "",
        "",
        "w",
        ManualClock.NOON,
        new byte[0],
        "",
        MessageReplyOption.MESSAGE_REPLY_OPTION_UNSPECIFIED,
        "",
        null,
        null);
  }

  private void tell(long position) {
    feed.tell("S", () -> message(position));
  }

  @Test
  void a_subscriber_hears_what_comes_after_it_in_order_and_of_its_space_only() throws Exception {
    tell(1);
    var heard = new LinkedBlockingQueue<Message>();
    try (var subscription = feed.subscribe("S", heard::add)) {
      assertThat(subscription).isNotNull();
      feed.tell("other", () -> message(99));
      for (var position = 2; position <= 100; position++) {
        tell(position);
      }
      for (var position = 2; position <= 100; position++) {
        var next = heard.poll(10, TimeUnit.SECONDS);
        assertThat(next).isNotNull();
        assertThat(next.position()).isEqualTo(position);
      }
    }
  }

  @Test
  void a_slow_subscriber_is_let_go_and_holds_nobody() throws Exception {
    var stuck = new CountDownLatch(1);
    var started = new CountDownLatch(1);
    var letGo = new CountDownLatch(1);
    var heard = new ArrayBlockingQueue<Message>(1000);
    feed.subscribe(
        "S",
        _ -> {
          started.countDown();
          try {
            stuck.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        letGo::countDown);
    tell(1);
    assertThat(started.await(10, TimeUnit.SECONDS)).isTrue();
    try (var quick = feed.subscribe("S", heard::add)) {
      assertThat(quick).isNotNull();
      for (var position = 2; position <= 600; position++) {
        tell(position);
        if (position % 100 == 0) {
          while (heard.size() < position - 1) {
            Thread.onSpinWait();
          }
        }
      }
      assertThat(heard).hasSize(599);
    }
    stuck.countDown();
    assertThat(letGo.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void who_left_hears_nothing_more() throws Exception {
    var heard = new LinkedBlockingQueue<Message>();
    var letGo = new CountDownLatch(1);
    feed.subscribe("S", heard::add, letGo::countDown).close();
    tell(1);
    try (var other = feed.subscribe("S", heard::add)) {
      assertThat(other).isNotNull();
      tell(2);
      var next = heard.poll(10, TimeUnit.SECONDS);
      assertThat(next).isNotNull();
      assertThat(next.position()).isEqualTo(2);
    }
    assertThat(letGo.getCount()).isEqualTo(1);
  }
}
