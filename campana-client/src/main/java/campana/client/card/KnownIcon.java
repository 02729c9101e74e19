package campana.client.card;

/**
 * The icons that Chat knows by name (docs/protocol.md, «Cards»). {@link Icon#known(String)} takes
 * names that are not here yet.
 */
public enum KnownIcon {
  /** An aeroplane. */
  AIRPLANE,
  /** A bookmark. */
  BOOKMARK,
  /** A bus. */
  BUS,
  /** A car. */
  CAR,
  /** A clock. */
  CLOCK,
  /** A confirmation number. */
  CONFIRMATION_NUMBER_ICON,
  /** A page of text. */
  DESCRIPTION,
  /** A dollar sign. */
  DOLLAR,
  /** An envelope. */
  EMAIL,
  /** A seat. */
  EVENT_SEAT,
  /** A landing aeroplane. */
  FLIGHT_ARRIVAL,
  /** A starting aeroplane. */
  FLIGHT_DEPARTURE,
  /** A bed with a sleeper. */
  HOTEL,
  /** A double bed. */
  HOTEL_ROOM_TYPE,
  /** An invitation. */
  INVITE,
  /** A pin of a map. */
  MAP_PIN,
  /** A membership card. */
  MEMBERSHIP,
  /** Several people. */
  MULTIPLE_PEOPLE,
  /** One person. */
  PERSON,
  /** A telephone. */
  PHONE,
  /** Knife and fork. */
  RESTAURANT_ICON,
  /** A shopping cart. */
  SHOPPING_CART,
  /** A star. */
  STAR,
  /** A shop. */
  STORE,
  /** A ticket. */
  TICKET,
  /** A train. */
  TRAIN,
  /** A video camera. */
  VIDEO_CAMERA,
  /** A video that plays. */
  VIDEO_PLAY
}
