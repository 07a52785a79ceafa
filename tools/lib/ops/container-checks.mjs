import { join } from "node:path";
import { DEPLOY, run } from "./run.mjs";

/** @type {import("./checks.mjs").Check[]} */
export const containerChecks = [
  {
    name: "containers",
    title: "the image is built, hardened, healthy and upgraded with live clients",
    needs: ["dockerd", "docker", "mmdebstrap"],
    async run() {
      if (process.getuid?.() !== 0) return "SKIP it starts an engine of its own, which needs root";
      const out = await run("bash", [join(DEPLOY, "docker", "drill.sh")], { timeoutMs: 540_000 });
      return out.trim().split("\n").at(-1) ?? "";
    },
  },
];
