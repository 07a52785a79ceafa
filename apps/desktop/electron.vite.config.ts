import { resolve } from "node:path";
import { defineConfig } from "electron-vite";

const source = (file: string): string => resolve(import.meta.dirname, "src", file);
// Loaded as a thread by its address beside the module that starts it, so that nothing else leads to it.
const backupWorker = resolve(import.meta.dirname, "../../packages/db/src/backup/backup-worker.ts");
const conditions = ["source", "module", "node", "development|production"];

// Names in package.json's "dependencies" (the two native modules) stay outside the bundles, everything else goes in.
// The page is not built here: desktop and browser share the one build of packages/ui.
export default defineConfig({
  main: {
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    build: {
      outDir: resolve(import.meta.dirname, "out/main"),
      sourcemap: true,
      rolldownOptions: {
        input: {
          index: source("main/index.ts"),
          host: source("host/index.ts"),
          "chunks/backup-worker": backupWorker,
        },
      },
    },
  },
  preload: {
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    build: {
      outDir: resolve(import.meta.dirname, "out/preload"),
      // A sandboxed preload can load neither ES modules nor packages.
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: source("preload/index.ts") },
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
});
