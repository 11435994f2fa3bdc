/**
 * Sockets on Netty: HTTP, WebSocket, Engine.IO sessions, Socket.IO namespaces. Knows packets, never worlds.
 *
 * <pre>
 *   channel → HttpFront → HttpHandler
 *                       ↘ EngineEndpoint → EngineSession → SocketClient → Socket → handlers
 *             WebSocketFront ───────────────↗    ↓ Outbox       namespaces   one client in one namespace
 *                                    PollingLink | WebSocketLink → channel
 * </pre>
 *
 * Everything of one connection is owned by its event loop: the connection thread.
 */
@NullMarked
package dev.orrery.transport;

import org.jspecify.annotations.NullMarked;
