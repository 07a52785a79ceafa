import { defineConfig } from "vitest/config";

const project = (dir: string) => ({
  extends: true as const,
  test: {
    name: dir,
    root: new URL(dir, import.meta.url).pathname,
    include: ["src/**/*.test.{ts,tsx}", "test/**/*.test.ts"],
  },
});

// Forks, never threads: serialport opens in a worker thread but delivers no data.
export default defineConfig({
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source", "node"], externalConditions: ["source", "node"] } },
  test: {
    pool: "forks",
    // The default leaves one of two cores idle, while half of these tests wait for processes they started.
    maxWorkers: "100%",
    testTimeout: 30_000,
    hookTimeout: 30_000,
    projects: [
      project("packages/core"),
      project("packages/messages"),
      project("packages/db"),
      project("packages/devices"),
      project("packages/sync"),
      project("packages/engine"),
      project("packages/ui"),
      project("apps/cli"),
      project("apps/sync-server"),
      project("apps/desktop"),
      project("tools"),
    ],
  },
});
