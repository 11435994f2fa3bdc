import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Each file has a server and a browser of its own; two at once would only wait for each other's cores.
    fileParallelism: false,
    // Where nothing is built yet, the first test waits for that. What tests wait for themselves has bounds of its own.
    testTimeout: 600_000,
  },
});
