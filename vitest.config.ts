// How tests run: straight from source, two files at a time, on one real PostgreSQL that starts when first asked for.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts", "**/*.test.tsx"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/.cache/**", "**/.build/**"],
    globalSetup: ["./testing/setup.ts"],
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
    // Property tests and real databases take their time; slower than this is worth a look.
    slowTestThreshold: 1_000,
  },
});
