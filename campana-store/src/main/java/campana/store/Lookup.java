package campana.store;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// A query for rows that are known by bucket and key, and may be in any number of buckets: one
/// statement for all of them or, where buckets are spread over nodes, one for each bucket, in
/// ascending order, that its node answers alone.
///
/// @param together takes the buckets as a column, then the columns of keys
/// @param apart takes the columns of keys, then the bucket
/// @param times how often that takes the bucket: each table in it has to be told
public record Lookup(String together, String apart, int times) {
  /// Rows for all of `wanted`.
  ///
  /// @param columns of [Columns], made of those that a statement is about
  @SafeVarargs
  public final <W, T> List<T> query(
      Tx tx,
      Row.Mapper<T> mapper,
      Collection<W> wanted,
      ToIntFunction<W> bucket,
      Function<List<W>, Object>... columns) {
    if (wanted.isEmpty()) {
      return List.of();
    }
    if (!tx.spread()) {
      var all = List.copyOf(wanted);
      var args = new ArrayList<@Nullable Object>();
      args.add(Columns.shorts(all, bucket));
      for (var column : columns) {
        args.add(column.apply(all));
      }
      return tx.query(together, mapper, args.toArray());
    }
    var found = new ArrayList<T>();
    for (var group : byBucket(wanted, bucket).entrySet()) {
      var args = new ArrayList<@Nullable Object>();
      for (var column : columns) {
        args.add(column.apply(group.getValue()));
      }
      args.addAll(Collections.nCopies(times, group.getKey()));
      found.addAll(tx.query(apart, mapper, args.toArray()));
    }
    return found;
  }

  /// In ascending order of buckets.
  public static <W> TreeMap<Integer, List<W>> byBucket(Collection<W> all, ToIntFunction<W> bucket) {
    var groups = new TreeMap<Integer, List<W>>();
    all.forEach(
        it -> groups.computeIfAbsent(bucket.applyAsInt(it), _ -> new ArrayList<>()).add(it));
    return groups;
  }
}
