/** Builds the app with the fake engine, as the real one is built, into a folder of one's choice. */
import { fileURLToPath } from "node:url";
import { build } from "vite";

export async function buildFakeApp(outDir: string): Promise<void> {
  const root = fileURLToPath(new URL(".", import.meta.url));
  await build({
    configFile: fileURLToPath(new URL("../../vite.config.ts", import.meta.url)),
    root,
    logLevel: "warn",
    build: { outDir, emptyOutDir: true },
  });
}
