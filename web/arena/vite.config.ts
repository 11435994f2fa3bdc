import { defineConfig } from "vite";

/** Where `npm run dev` finds a game server; the built page asks the server it came from. */
const server = process.env["ORRERY_SERVER"] ?? "http://localhost:8080";

export default defineConfig({
  // Relative, because the server gives the page from / as well as from /games/arena/<hash>/.
  base: "./",
  build: { outDir: process.env["ORRERY_PAGE_OUT"] ?? "dist", emptyOutDir: true, modulePreload: false },
  server: { proxy: { "/api": server, "/socket.io": { target: server, ws: true } } },
});
