package campana.client.card;

import java.util.Map;

/** A small word or icon, with or without a link. Immutable. */
public final class Chip extends Part {
  private Chip(Map<String, Object> members) {
    super(members);
  }

  /**
   * A chip that is only read.
   *
   * @param label plain, not empty
   */
  public static Chip of(String label) {
    return new Chip(members("label", label));
  }

  /**
   * A chip that opens an address.
   *
   * @param label plain, not empty
   * @param url absolute, of http, https or mailto; spaces in it are encoded
   */
  public static Chip of(String label, String url) {
    return of(label).open(url);
  }

  /** A chip with an icon alone. */
  public static Chip of(Icon icon) {
    return new Chip(members("icon", icon));
  }

  /** An icon before the label. */
  public Chip icon(Icon icon) {
    return new Chip(with("icon", icon));
  }

  /**
   * Opens an address when it is clicked.
   *
   * @param url absolute, of http, https or mailto; spaces in it are encoded
   */
  public Chip open(String url) {
    return new Chip(with("onClick", Click.open(url)));
  }

  /** Shows it greyed out. */
  public Chip disabled() {
    return new Chip(with("disabled", true));
  }

  /** What it is for, for those who do not see it. */
  public Chip altText(String words) {
    return new Chip(with("altText", words));
  }

  @Override
  void check(Check check) {
    check.need(
        !string("label").isEmpty() || has("icon"), "label", "a chip needs a label or an icon.");
    super.check(check);
  }
}
