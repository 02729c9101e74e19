package campana.server.store;

import campana.server.message.Ledger;
import campana.server.message.Posted;
import campana.store.Buckets;
import campana.store.Database;
import campana.store.OutcomeUnknown;
import campana.store.StoreBusy;
import campana.store.Tx;
import campana.store.Work;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Where posts are entered while other processes may enter theirs in the same tables: each is
/// decided on what was read, and entered only if nobody entered anything there meanwhile.
final class KeyedLedger implements Ledger {
  private final Database database;

  /// Each writer of the database has a batch of its own.
  KeyedLedger(Database database, Supplier<PostBatch> batches) {
    this.database = database;
    database.joinEach(batches);
  }

  @Override
  public Posted decide(String spaceId, Wants wants, Decision decision) {
    Supplier<Posted> answer;
    try {
      var post = new Post(spaceId, wants, decision);
      answer = database.write(post.bucket, post);
    } catch (StoreBusy e) {
      return new Posted.Busy(e.retryIn());
    } catch (OutcomeUnknown e) {
      return new Posted.Unknown();
    }
    return answer.get();
  }

  /// A post on its way.
  static final class Post implements Work<Supplier<Posted>> {
    final String spaceId;
    final int bucket;
    final Wants wants;
    private final Decision decision;
    private @Nullable Sheet sheet; // the writer's

    private Post(String spaceId, Wants wants, Decision decision) {
      this.spaceId = spaceId;
      this.bucket = Buckets.of(spaceId);
      this.wants = wants;
      this.decision = decision;
    }

    /// What it decides on, as read in the transaction that it is going to run in.
    void on(Sheet read) {
      sheet = read;
    }

    @Override
    public int bucket() {
      return bucket;
    }

    @Override
    public Supplier<Posted> run(Tx tx) {
      return decision.on(Objects.requireNonNull(sheet));
    }
  }
}
