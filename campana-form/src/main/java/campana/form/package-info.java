/// The binder. In: the bytes of a posted body and the query parameters beside it. Out: a
/// [Draft][campana.form.Draft], ready to be stored, or the refusal as it travels.
///
/// Always true: no input makes it throw, none makes it work longer than its length allows; what
/// comes out holds known fields only, in lowerCamelCase names and proto JSON values, so that nobody
/// behind it has to doubt a type. It knows no space, no thread and no sender: what depends on
/// those, the server judges.
///
/// The schema is Google's own, written down from the descriptors of `google.chat.v1` by a test that
/// also fails when the two differ: reading 30 KB of text takes a few milliseconds at start,
/// building the descriptors takes 250.
@NullMarked
package campana.form;

import org.jspecify.annotations.NullMarked;
