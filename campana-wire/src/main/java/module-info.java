/** What travels between a sender and Chat: names, codes, options, limits. */
module campana.wire {
  requires static org.jspecify;

  exports campana.wire;
}
