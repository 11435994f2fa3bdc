import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["{client,arena}/test/**/*.test.ts"] } });
