import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** One bundle for the desktop window and the browser: relative addresses, nothing inlined, strict CSP. */
export default defineConfig({
  base: "./",
  plugins: [react()],
  resolve: { conditions: ["source", "module", "browser", "development|production"] },
  build: {
    outDir: "dist-app",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    target: ["chrome125", "firefox128", "safari18"],
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
  },
});
