package io.ebbline.profile;

/** How likely it is that a customer is slipping away. Each level is worse than the one before; add none in between. */
public enum Risk {
    /** No sign of decline. */
    NONE,
    /** A sign of decline: the customer may only be asleep. */
    ELEVATED,
    /** The chance of another order has fallen below the model's severe threshold. */
    HIGH,
    /** Departed. */
    LOST
}
