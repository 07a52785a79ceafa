import { defineConfig } from "vitest/config";

const project = (dir: string) => ({
  extends: true as const,
  test: {
    name: `${dir}/e2e`,
    root: new URL(dir, import.meta.url).pathname,
    include: ["e2e/**/*.test.ts"],
  },
});

// One file at a time: each starts a browser, and two cores serve one well.
export default defineConfig({
  resolve: { conditions: ["source"] },
  ssr: { resolve: { conditions: ["source", "node"], externalConditions: ["source", "node"] } },
  test: {
    pool: "forks",
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [project("apps/desktop"), project("apps/cli")],
  },
});
