package dev.orrery.testkit;

/**
 * How bad the way between players and their server is, and how unsteady both are. Nothing is lost or overtakes on a connection, as in TCP;
 * what a stall holds back arrives in a burst. Immutable.
 *
 * @param delayMillis one way
 * @param jitterMillis added to it, at random up to this
 * @param stallsPerMinute of each connection, in each direction
 * @param stallMillis at most
 * @param cutsPerMinute how often each connection is lost; its player comes back, or does not
 * @param awayMillis after a cut, at most: may be longer than a server waits
 * @param pausesPerMinute how often the server does nothing for a while
 * @param pauseMillis at most
 */
public record Network(
        int delayMillis,
        int jitterMillis,
        double stallsPerMinute,
        int stallMillis,
        double cutsPerMinute,
        int awayMillis,
        double pausesPerMinute,
        int pauseMillis) {

    public Network {
        if (delayMillis < 0 || jitterMillis < 0 || stallMillis < 0 || awayMillis < 0 || pauseMillis < 0) {
            throw new IllegalArgumentException("no time can be negative");
        }
        if (!(stallsPerMinute >= 0 && cutsPerMinute >= 0 && pausesPerMinute >= 0)) {
            throw new IllegalArgumentException("nothing can happen less than never");
        }
    }

    /** Nothing takes any time, and nothing goes wrong. */
    public static Network perfect() {
        return new Network(0, 0, 0, 0, 0, 0, 0, 0);
    }

    /** A household's. */
    public static Network good() {
        return new Network(20, 10, 1, 100, 0.05, 5_000, 0.05, 100);
    }

    /** A phone's on a train: late and unsteady, with stalls, and cut once a minute for up to {@link #awayMillis}. */
    public static Network bad() {
        return new Network(90, 80, 6, 1_500, 1, 40_000, 1, 700);
    }
}
