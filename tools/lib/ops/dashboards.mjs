import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { REPO_ROOT } from "../setup/repo.mjs";
import { DEPLOY, must } from "./run.mjs";

/** Made by Prometheus itself or by the blackbox exporter. */
const FOREIGN = new Set(["up", "probe_ssl_earliest_cert_expiry"]);

/** Dashboards and rules may only ask for measures that a running server really has. */
export async function checkDashboards() {
  const { render } = await import(pathToFileURL(join(DEPLOY, "grafana", "dashboard.mjs")).href);
  const file = join(DEPLOY, "grafana", "dashboards", "sync.json");
  if (process.env["ECOLOCAL_WRITE"] === "1") writeFileSync(file, render());
  // By content: the formatter of the repository may lay it out otherwise.
  const same = JSON.stringify(JSON.parse(readFileSync(file, "utf8"))) === JSON.stringify(JSON.parse(render()));
  must(same, "deploy/grafana/dashboards/sync.json is not what dashboard.mjs makes");
  const { parser } = await import(
    pathToFileURL(join(DEPLOY, "node_modules/@prometheus-io/lezer-promql/dist/index.es.js")).href
  );
  const known = await scrapedNames();
  const { parse } = await import("yaml");
  const rules = parse(readFileSync(join(DEPLOY, "prometheus", "rules.yml"), "utf8")).groups.flatMap(
    (/** @type {any} */ group) => group.rules,
  );
  for (const { record } of rules) if (record !== undefined) known.add(record);
  const panels = JSON.parse(render()).panels.flatMap((/** @type {any} */ panel) =>
    panel.targets.map((/** @type {any} */ target) => target.expr),
  );
  const expressions = [...panels, ...rules.map((/** @type {any} */ rule) => rule.expr)];
  for (const expression of expressions) {
    const problem = expressionProblem(parser, expression, known);
    must(problem === null, `${problem}: ${expression}`);
  }
  for (const planted of ["sum(rate(ecolocal_commit_seconds_count[5m])", "ecolocal_ws_conections"]) {
    must(expressionProblem(parser, planted, known) !== null, `a planted fault was not found: ${planted}`);
  }
  return `${panels.length} panels and ${rules.length} rules ask for measures of a real scrape`;
}

/** @param {any} parser @param {string} expression @param {Set<string>} known */
function expressionProblem(parser, expression, known) {
  let problem = /** @type {string | null} */ (null);
  parser.parse(expression).iterate({
    enter(/** @type {any} */ node) {
      if (node.type.isError) problem ??= "not PromQL";
      if (node.name !== "VectorSelector") return;
      const text = expression.slice(node.from, node.to);
      const name = /^[\w:]+/.exec(text)?.[0] ?? "";
      if (!known.has(name)) problem ??= `no measure ${name}`;
    },
  });
  return problem;
}

async function scrapedNames() {
  const data = mkdtempSync(join(tmpdir(), "ecolocal-scrape-"));
  const port = await freePort();
  const main = join(REPO_ROOT, "apps", "sync-server", "src", "main.ts");
  const child = spawn(process.execPath, ["--conditions=source", main, "--port", "0", "--data", data, "--dev-token"], {
    env: { ...process.env, ECOLOCAL_SYNC_METRICS_PORT: String(port) },
    stdio: ["ignore", "pipe", "ignore"],
  });
  try {
    await new Promise((resolve, reject) => {
      child.stdout.once("data", resolve);
      child.once("exit", (code) => reject(new TypeError(`the server ended with ${code}`)));
    });
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    const names = [...text.matchAll(/^# TYPE (\S+) (\w+)$/gm)].flatMap(([, name = "", type]) =>
      type === "histogram" ? ["_bucket", "_count", "_sum"].map((end) => name + end) : [name],
    );
    return new Set([...names, ...FOREIGN]);
  } finally {
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
    rmSync(data, { recursive: true, force: true });
  }
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address !== null ? address.port : 0));
    });
  });
}
