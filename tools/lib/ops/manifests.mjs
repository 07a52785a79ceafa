import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPO_ROOT } from "../setup/repo.mjs";
import { DEPLOY, must, run } from "./run.mjs";

/** @typedef {Record<string, any>} Manifest */

const API_VERSIONS = new Set(["v1", "apps/v1", "batch/v1", "policy/v1", "autoscaling/v2", "networking.k8s.io/v1"]);
/** Kinds of operators: there are no types for them here. */
const FOREIGN = /^(monitoring\.coreos\.com\/v1|external-secrets\.io\/v1|argoproj\.io\/v1alpha1)$/;

/** @param {string} folder @returns {Promise<Manifest[]>} */
export async function readManifests(folder) {
  const { parse } = await import("yaml");
  const { resources } = parse(readFileSync(join(folder, "kustomization.yaml"), "utf8"));
  const texts = resources.map((/** @type {string} */ name) => readFileSync(join(folder, name), "utf8"));
  return await parseManifests(texts.join("\n---\n"));
}

/** @param {string} text @returns {Promise<Manifest[]>} */
export async function parseManifests(text) {
  const { parseAllDocuments } = await import("yaml");
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return [];
  return documents.map((document) => document.toJS()).filter((manifest) => manifest !== null);
}

/** @param {Promise<Manifest[]>} pending */
export async function checkManifests(pending) {
  const manifests = await pending;
  const findings = policyFindings(manifests);
  must(findings.length === 0, findings.join("\n"));
  await checkTypes(manifests);
  const killed = await countKilled(manifests);
  return `${manifests.length} objects; ${killed} planted faults are found`;
}

/**
 * Types of npm's kubernetes-models over literals: unknown keys, wrong types and values are errors of the compiler.
 *
 * @param {Manifest[]} manifests
 */
async function checkTypes(manifests) {
  const own = manifests.filter(({ apiVersion }) => !FOREIGN.test(apiVersion));
  const imports = own.map(
    ({ apiVersion, kind }, index) => `import type { I${kind} as T${index} } from "kubernetes-models/${apiVersion}";`,
  );
  const literals = own.map(
    (manifest, index) => `export const m${index}: T${index} = ${JSON.stringify(manifest, null, 1)};`,
  );
  const folder = mkdtempSync(join(DEPLOY, ".types-"));
  try {
    const file = join(folder, "manifests.ts");
    writeFileSync(file, [...imports, ...literals].join("\n"));
    const tsc = join(REPO_ROOT, "node_modules", "typescript", "bin", "tsc");
    const flags = [
      "--ignoreConfig",
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "--module",
      "nodenext",
      "--target",
      "es2024",
    ];
    await run(process.execPath, [tsc, ...flags, file], { cwd: folder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @param {Manifest} manifest @returns {Manifest | undefined} */
function podOf(manifest) {
  return manifest["spec"]?.jobTemplate?.spec?.template ?? manifest["spec"]?.template;
}

/** @param {Manifest[]} manifests @returns {string[]} */
export function policyFindings(manifests) {
  return [
    ...manifests.flatMap(versionFindings),
    ...manifests.flatMap(podFindings),
    ...manifests.flatMap((manifest) => deploymentFindings(manifest, manifests)),
    ...networkFindings(manifests),
  ];
}

/** @param {Manifest} manifest */
function versionFindings({ apiVersion, kind, data }) {
  const findings = [];
  if (!API_VERSIONS.has(apiVersion) && !FOREIGN.test(apiVersion))
    findings.push(`${kind}: ${apiVersion} is not allowed`);
  if (kind === "ConfigMap" && /password|secret|postgres:\/\//i.test(JSON.stringify(data)))
    findings.push("ConfigMap holds a secret");
  return findings;
}

/** @param {Manifest} manifest */
function podFindings(manifest) {
  const pod = podOf(manifest)?.["spec"];
  if (pod === undefined || manifest["kind"] === "Rollout") return [];
  const name = `${manifest["kind"]} ${manifest["metadata"].name}`;
  const findings = [];
  if (pod.automountServiceAccountToken !== false) findings.push(`${name}: a token is mounted`);
  if (pod.securityContext?.runAsNonRoot !== true) findings.push(`${name}: may run as root`);
  if (pod.securityContext?.seccompProfile?.type !== "RuntimeDefault") findings.push(`${name}: no seccomp profile`);
  for (const container of pod.containers) findings.push(...containerFindings(name, container));
  return findings;
}

/** @type {[string, (container: Manifest) => boolean][]} */
const CONTAINER_RULES = [
  ["writable root file system", (it) => it["securityContext"]?.readOnlyRootFilesystem === true],
  ["may gain privileges", (it) => it["securityContext"]?.allowPrivilegeEscalation === false],
  ["keeps capabilities", (it) => it["securityContext"]?.capabilities?.drop?.[0] === "ALL"],
  ["no memory limit", (it) => it["resources"]?.limits?.memory !== undefined],
  ["no CPU request", (it) => it["resources"]?.requests?.cpu !== undefined],
  ["latest", (it) => !/:latest$/.test(it["image"])],
  ["a secret stands in env", (it) => !/postgres:\/\//.test(JSON.stringify(it["env"] ?? []))],
];

/** @param {string} name @param {Manifest} container */
function containerFindings(name, container) {
  return CONTAINER_RULES.filter(([, holds]) => !holds(container)).map(([what]) => `${name}: ${what}`);
}

const ROUTES = ["/healthz", "/readyz"];

/** @param {Manifest} manifest @param {Manifest[]} all */
function deploymentFindings(manifest, all) {
  if (manifest["kind"] !== "Deployment") return [];
  const { spec } = manifest;
  const pod = spec.template;
  const [container] = pod.spec.containers;
  const findings = [];
  const labels = Object.entries(spec.selector.matchLabels);
  if (!labels.every(([key, value]) => pod.metadata.labels[key] === value))
    findings.push("the selector does not match the pods");
  if (spec.strategy?.rollingUpdate?.maxUnavailable !== 0) findings.push("maxUnavailable is not 0");
  for (const probe of ["startupProbe", "readinessProbe", "livenessProbe"]) {
    if (!ROUTES.includes(container[probe]?.httpGet?.path)) findings.push(`${probe} asks for no route of the server`);
  }
  if (container.livenessProbe?.httpGet?.path !== "/healthz") findings.push("liveness must not look at the database");
  findings.push(...graceFindings(pod, container, all), ...scaleFindings(all), ...serviceFindings(container, all));
  const claimed = (pod.spec.volumes ?? []).some(
    (/** @type {Manifest} */ volume) => volume["persistentVolumeClaim"] !== undefined,
  );
  if (claimed && spec.strategy?.type !== "Recreate")
    findings.push("a volume of one node and a rolling update block each other");
  return findings;
}

/** @param {Manifest} pod @param {Manifest} container @param {Manifest[]} all */
function graceFindings(pod, container, all) {
  const settings = all.find(({ kind }) => kind === "ConfigMap")?.["data"] ?? {};
  const delay = Number(settings.ECOLOCAL_SYNC_DRAIN_DELAY_MS ?? 0) / 1000;
  const window = Number(settings.ECOLOCAL_SYNC_DRAIN_MS ?? 5000) / 1000;
  const preStop = Number(container["lifecycle"]?.preStop?.exec?.command?.[1] ?? 0);
  const findings = [];
  if (pod["spec"].terminationGracePeriodSeconds <= preStop + delay + window + 5)
    findings.push("the grace period is shorter than draining takes");
  const { periodSeconds = 10, failureThreshold = 3 } = container["readinessProbe"] ?? {};
  if (delay < periodSeconds * failureThreshold) findings.push("draining starts before readiness was noticed");
  return findings;
}

/** @param {Manifest[]} all */
function scaleFindings(all) {
  const scaler = all.find(({ kind }) => kind === "HorizontalPodAutoscaler")?.["spec"];
  const budget = all.find(({ kind }) => kind === "PodDisruptionBudget")?.["spec"];
  const findings = [];
  if (!(scaler?.minReplicas >= 2)) findings.push("the autoscaler goes below two");
  if (!(scaler?.behavior?.scaleDown?.stabilizationWindowSeconds >= 600))
    findings.push("it scales down within ten minutes");
  if (!(budget?.maxUnavailable >= 1)) findings.push("the disruption budget forbids every eviction");
  return findings;
}

/** @param {Manifest} container @param {Manifest[]} all */
function serviceFindings(container, all) {
  const ports = container["ports"].map((/** @type {Manifest} */ port) => port["name"]);
  return all
    .filter(({ kind }) => kind === "Service")
    .flatMap(({ spec }) => spec.ports)
    .filter((/** @type {Manifest} */ port) => !ports.includes(port["targetPort"]))
    .map((/** @type {Manifest} */ port) => `a service points to ${port["targetPort"]}, which no pod has`);
}

/** @param {Manifest[]} manifests */
function networkFindings(manifests) {
  const rules = manifests.filter(({ kind }) => kind === "NetworkPolicy");
  if (!manifests.some(({ kind }) => kind === "Deployment")) return [];
  const findings = [];
  const denied = rules.some(
    ({ spec }) => Object.keys(spec.podSelector).length === 0 && spec.egress === undefined && spec.ingress === undefined,
  );
  if (!denied) findings.push("nothing is denied by default");
  for (const { metadata, spec } of rules.filter((rule) => rule["spec"].egress !== undefined)) {
    const ports = spec.egress
      .flatMap((/** @type {Manifest} */ rule) => rule["ports"] ?? [])
      .map((/** @type {Manifest} */ port) => port["port"]);
    if (!ports.includes(53)) findings.push(`${metadata.name} may not ask for names`);
    if (!ports.includes(5432)) findings.push(`${metadata.name} may not reach the database`);
  }
  return findings;
}

/** @type {((deployment: Manifest) => void)[]} */
const POLICY_MUTANTS = [
  (it) => {
    it["spec"].strategy.rollingUpdate.maxUnavailable = 1;
  },
  (it) => {
    it["spec"].template.spec.terminationGracePeriodSeconds = 20;
  },
  (it) => {
    it["spec"].template.spec.containers[0].livenessProbe.httpGet.path = "/readyz";
  },
  (it) => {
    it["spec"].template.spec.containers[0].securityContext.readOnlyRootFilesystem = false;
  },
  (it) => {
    it["spec"].template.metadata.labels = {};
  },
  (it) => {
    it["apiVersion"] = "apps/v1beta1";
  },
];
/** @type {((deployment: Manifest) => void)[]} */
const TYPE_MUTANTS = [
  (it) => {
    it["spec"].template.spec.containers[0].readynessProbe = {};
  },
  (it) => {
    it["spec"].replicas = "3";
  },
];

/** @param {Manifest[]} manifests */
async function countKilled(manifests) {
  /** @param {(deployment: Manifest) => void} change */
  const changed = (change) => {
    const copy = structuredClone(manifests);
    const deployment = copy.find(({ kind }) => kind === "Deployment");
    must(deployment !== undefined, "there is no Deployment");
    change(deployment);
    return copy;
  };
  for (const [index, mutant] of POLICY_MUTANTS.entries()) {
    must(policyFindings(changed(mutant)).length > 0, `planted policy fault ${index} was not found`);
  }
  for (const [index, mutant] of TYPE_MUTANTS.entries()) {
    const killed = await checkTypes(changed(mutant)).then(
      () => false,
      () => true,
    );
    must(killed, `planted type fault ${index} was not found`);
  }
  return POLICY_MUTANTS.length + TYPE_MUTANTS.length;
}
