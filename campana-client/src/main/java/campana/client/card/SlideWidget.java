package campana.client.card;

import java.util.Map;

/**
 * A widget that may stand on a {@link Slide} of a carousel: text paragraph, image, buttons.
 * Immutable.
 */
public abstract class SlideWidget extends ColumnWidget {
  SlideWidget(Map<String, Object> members) {
    super(members);
  }
}
