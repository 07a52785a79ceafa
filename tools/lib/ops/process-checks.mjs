import { join } from "node:path";
import { REPO_ROOT } from "../setup/repo.mjs";
import { must, runNode } from "./run.mjs";

const DRILLS = join(REPO_ROOT, "apps", "sync-server", "test", "drills");
const NEEDS = ["nginx"];

/**
 * A loaded machine stretches every reconnect; the limit of the issue holds for `npm run drill` on a quiet one.
 */
const PATIENT = ["--clients", "40", "--max-reconnect-ms", "5000"];

/** @param {string[]} args */
async function drill(args) {
  const out = await runNode([join(DRILLS, "main.ts"), ...args], { timeoutMs: 180_000 });
  const verdict = JSON.parse(out.trim().split("\n").at(-1) ?? "{}");
  must(verdict.ok === true, `the drill said: ${out}`);
  const { made, acked, lostAcked, unacked, reconnectMs } = verdict;
  return `${made} made, ${acked} acknowledged, ${lostAcked} of those lost, ${unacked} open; reconnect p50 ${reconnectMs.p50} ms, p99 ${reconnectMs.p99} ms`;
}

/** @type {import("./checks.mjs").Check[]} */
export const processChecks = [
  {
    name: "rolling",
    title: "a rolling update loses nothing",
    needs: NEEDS,
    run: () => drill(["rolling", ...PATIENT]),
  },
  {
    name: "crash",
    title: "killed nodes and a database without power lose nothing",
    needs: NEEDS,
    run: () => drill(["crash", ...PATIENT]),
  },
  {
    name: "bluegreen",
    title: "a blue/green switch loses nothing",
    needs: NEEDS,
    run: () => drill(["bluegreen", ...PATIENT]),
  },
  {
    name: "canary",
    title: "a good canary is promoted and a bad release is rolled back",
    needs: NEEDS,
    run: () => drill(["canary", ...PATIENT]),
  },
  {
    name: "versions",
    title: "two versions work side by side through expand and contract",
    needs: NEEDS,
    run: () => drill(["versions", ...PATIENT]),
  },
  {
    name: "planted",
    title: "a release that acknowledges before it commits is found",
    needs: NEEDS,
    run: () => drill(["rolling", "--planted", "--clients", "16"]),
  },
  {
    name: "pitr",
    title: "PostgreSQL comes back to a second, and a missing WAL file makes that fail",
    async run() {
      const out = await runNode([join(DRILLS, "pitr-main.ts")], { timeoutMs: 120_000 });
      const verdict = JSON.parse(out.trim().split("\n").at(-1) ?? "{}");
      must(verdict.ok === true, `the drill said: ${out}`);
      return `RTO ${verdict.rtoSeconds} s, RPO ${verdict.rpoSeconds} s, without the WAL: ${verdict.negativeControl}`;
    },
  },
];
