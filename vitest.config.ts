// How tests run: straight from source, three files at a time, on one real PostgreSQL that starts when first asked for.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["**/*.test.ts", "**/*.test.tsx"],
    exclude: ["**/node_modules/**", "**/dist/**", "**/.cache/**", "**/.build/**"],
    globalSetup: ["./testing/setup.ts"],
    setupFiles: ["./testing/after.ts"],
    pool: "forks",
    maxWorkers: 3,
    // One process runs many files: modules are loaded and warmed once, which saves a third of the time. What a file opens is
    // its own (databases, nodes, folders) and is closed when it ends: testing/after.ts.
    isolate: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    teardownTimeout: 30_000,
    // Property tests and real databases take their time; slower than this is worth a look.
    slowTestThreshold: 1_000,
  },
});
