import { defineConfig } from "vite";

/** Where `npm run dev --workspace console` finds a management port; the built page asks the server it came from. */
const server = process.env["ORRERY_ADMIN"] ?? "http://127.0.0.1:8081";
const authorization = `Bearer ${process.env["ORRERY_ADMIN_TOKEN"] ?? ""}`;

export default defineConfig({
  base: "./",
  // Nothing is inlined: the page's policy lets in what comes from the server's own address, and nothing else.
  build: {
    outDir: process.env["ORRERY_CONSOLE_OUT"] ?? "dist",
    emptyOutDir: true,
    modulePreload: false,
    assetsInlineLimit: 0,
  },
  server: { proxy: { "/api": { target: server, changeOrigin: true, headers: { authorization } } } },
});
