package dev.orrery.arena.web;

/** The JVM's share of {@code ./orrery proof}: prints what {@link Proof#run} returns here. */
public final class ProofMain {
    private ProofMain() {}

    /** @param args seed and count of steps, both ints */
    public static void main(String[] args) {
        System.out.println(Proof.run(Integer.parseInt(args[0]), Integer.parseInt(args[1])));
    }
}
