package dev.orrery.transport;

/**
 * How often something may happen: on average, and at once after a pause.
 *
 * @param perSecond tokens that come back each second
 * @param burst tokens there can be
 */
public record Rate(double perSecond, double burst) {
    public Rate {
        if (!(perSecond > 0 && burst >= 1)) {
            throw new IllegalArgumentException(
                    "a rate must let something through: perSecond=" + perSecond + ", burst=" + burst);
        }
    }
}
