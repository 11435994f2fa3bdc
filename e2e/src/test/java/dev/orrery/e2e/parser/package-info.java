/** The server's Socket.IO decoder and encoder beside those of the Socket.IO project, packet by packet. */
@NullMarked
package dev.orrery.e2e.parser;

import org.jspecify.annotations.NullMarked;
