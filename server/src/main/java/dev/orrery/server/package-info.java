/**
 * The composition root of a node: it joins transport and worlds, and holds what stands between them: instances, tickets,
 * the schedule of ticks, the join API, the pages.
 */
@NullMarked
package dev.orrery.server;

import org.jspecify.annotations.NullMarked;
