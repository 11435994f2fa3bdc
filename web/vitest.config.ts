import { defineConfig } from "vitest/config";

export default defineConfig({ test: { include: ["{client,arena,console}/test/**/*.test.ts"] } });
