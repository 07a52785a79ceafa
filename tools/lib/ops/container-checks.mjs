import { join } from "node:path";
import { DEPLOY, run } from "./run.mjs";

const TITLES = {
  image: "the image is built, hardened, healthy and upgraded with live clients",
  compose: "docker compose up: two members sync, alone and with every profile",
  swarm: "Swarm replaces a release start-first and takes a bad one back by itself",
};

/** @type {Promise<string> | undefined} */
let drill;

/** All parts in one engine, because base images take the longest; every check then reads its own verdict. */
function verdicts() {
  drill ??= run("bash", [join(DEPLOY, "docker", "drill.sh"), ...Object.keys(TITLES)], { timeoutMs: 1_500_000 });
  return drill;
}

/** @type {import("./checks.mjs").Check[]} */
export const containerChecks = Object.entries(TITLES).map(([name, title]) => ({
  name,
  title,
  needs: ["dockerd", "docker", "mmdebstrap", "slirp4netns", "curl"],
  async run() {
    if (process.getuid?.() !== 0) return "SKIP it starts an engine of its own, which needs root";
    const line = (await verdicts()).split("\n").find((text) => text.startsWith(`${name}: `));
    if (line === undefined) throw new TypeError(`the drill gave no verdict on ${name}`);
    return line.slice(name.length + 2);
  },
}));
