import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Each file has a server and a browser of its own; two at once would only wait for each other's cores.
    fileParallelism: false,
    // The first start of a server may have to build it.
    hookTimeout: 900_000,
    testTimeout: 120_000,
  },
});
