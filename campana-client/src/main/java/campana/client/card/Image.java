package campana.client.card;

import campana.client.text.Links;
import java.util.Map;

/** An image across the card. Immutable. */
public final class Image extends SlideWidget {
  private Image(Map<String, Object> members) {
    super(members);
  }

  /**
   * An image by its address; the reader's side fetches it.
   *
   * @param url of https (Google takes no other) or http; PNG or JPEG
   */
  public static Image of(String url) {
    return new Image(members("imageUrl", Links.tidy(url)));
  }

  /** What the image shows, for those who do not see it. */
  public Image altText(String words) {
    return new Image(with("altText", words));
  }

  /**
   * Opens an address when the image is clicked.
   *
   * @param url absolute, of http, https or mailto; spaces in it are encoded
   */
  public Image open(String url) {
    return new Image(with("onClick", Click.open(url)));
  }

  @Override
  String kind() {
    return "image";
  }

  @Override
  void check(Check check) {
    check.image("imageUrl", string("imageUrl"));
    super.check(check);
  }
}
