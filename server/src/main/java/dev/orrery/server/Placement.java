package dev.orrery.server;

/** A seat that is held in an instance for who brings the ticket. */
record Placement(Instance instance, Ticket ticket) {
    /**
     * The way there.
     *
     * @param url address of this node; empty is the one the client already uses
     */
    Invitation invitation(String url, Tickets tickets) {
        return new Invitation(instance.id(), instance.namespace(), url, tickets.sign(ticket), ticket.expiresAtMillis());
    }
}
