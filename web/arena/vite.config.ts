import { defineConfig } from "vite";

/** Where `npm run dev` finds a game server; the built page asks the server it came from. */
const server = process.env["ORRERY_SERVER"] ?? "http://localhost:8080";

/** Where Maven wants the page; only Maven sets it. */
const pageOut = process.env["ORRERY_PAGE_OUT"];

export default defineConfig({
  // Relative, because the server gives the page from / as well as from /games/arena/<hash>/.
  base: "./",
  // Maven's folder is Maven's to empty: the rules' module stands there already.
  build: { outDir: pageOut ?? "dist", emptyOutDir: pageOut === undefined, modulePreload: false },
  server: { proxy: { "/api": server, "/socket.io": { target: server, ws: true } } },
});
