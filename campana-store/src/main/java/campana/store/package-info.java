/// Durable storage that knows no table. Comes in: units of work. Goes out: their results, once they
/// are on disk.
///
/// [campana.store.DataFolder] is held by one process at a time. [campana.store.Database] has one
/// writer, which commits all units that wait together with one sync, and a few readers.
/// [campana.store.Migrations] brings a schema up to date, [campana.store.Vault] seals secrets,
/// [campana.store.Backup] copies it all while it is in use.
///
/// Always true: a unit's result is given out only after the commit that holds its effects; when it
/// is not known whether a commit happened, [campana.store.OutcomeUnknown] says so and the store
/// takes no more units.
@NullMarked
package campana.store;

import org.jspecify.annotations.NullMarked;
