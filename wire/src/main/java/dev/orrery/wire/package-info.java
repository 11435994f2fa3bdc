/** Bytes to packets and back, without I/O: JSON, Engine.IO 4, Socket.IO 5. Every class here is pure or owned by its caller. */
@NullMarked
package dev.orrery.wire;

import org.jspecify.annotations.NullMarked;
