import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const LAYERS = "@layer reset, tokens, base, kit, features;";

/** Style files arrive in any order, so each of them says first which layer wins over which. */
const layersFirst: Plugin = {
  name: "ecolocal:layers-first",
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === "asset" && file.fileName.endsWith(".css")) file.source = `${LAYERS}${String(file.source)}`;
    }
  },
};

/** One bundle for the desktop window and the browser: relative addresses, nothing inlined, strict CSP. */
export default defineConfig({
  base: "./",
  plugins: [react(), layersFirst],
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
