/**
 * Sockets on Netty: HTTP, WebSocket, Engine.IO sessions, Socket.IO namespaces. Knows packets, never worlds.
 *
 * <pre>
 *   channel → HttpFront → (upgrade) → WebSocketFront → EngineSession → SocketClient → Socket → SocketListener
 *           ↘ HttpHandler                              pings, close     namespaces    one client in one namespace
 * </pre>
 *
 * Everything of one connection is owned by its event loop: the connection thread.
 */
@NullMarked
package dev.orrery.transport;

import org.jspecify.annotations.NullMarked;
