package campana.server.web;

import campana.server.people.Person;

/// One call of the resources API.
///
/// @param who whose token it brought
/// @param body as sent, possibly empty
record Call(Person who, Query query, byte[] body) {}
