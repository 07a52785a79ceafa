import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DEPLOY, must } from "./run.mjs";

const CLOUDS = ["aws", "gcp"];

/** @param {string} cloud @param {string} file */
const source = (cloud, file) => readFileSync(join(DEPLOY, "terraform", cloud, file), "utf8");

/** @param {string} text @param {RegExp} pattern @returns {string[]} the first group of every match, sorted */
const all = (text, pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? "").sort();

/** What a person who knows one cloud's side may rely on in the other's. @param {string} cloud */
function shapeOf(cloud) {
  return {
    modules: readdirSync(join(DEPLOY, "terraform", cloud, "modules")).sort(),
    used: all(source(cloud, "main.tf"), /^module "([\w-]+)"/gm),
    outputs: all(source(cloud, "outputs.tf"), /^output "([\w-]+)"/gm),
    environments: readdirSync(join(DEPLOY, "terraform", cloud, "environments")).sort(),
    secrets: all(/toset\(\[(.*)\]\)/.exec(source(cloud, "modules/secrets/main.tf"))?.[1] ?? "", /"([\w-]+)"/g),
  };
}

/** Both clouds have the same shape, and Kubernetes asks for secrets that Terraform made a place for. */
export async function checkTerraformShape() {
  const [aws, gcp] = CLOUDS.map(shapeOf);
  if (aws === undefined || gcp === undefined) throw new Error("a cloud is missing");
  for (const [part, names] of Object.entries(aws)) {
    must(names.length > 0, `aws: no ${part}`);
    const others = gcp[/** @type {keyof typeof gcp} */ (part)];
    must(names.join() === others.join(), `${part} differ: aws ${names.join(", ")}; gcp ${others.join(", ")}`);
  }
  must(
    aws.modules.join() === aws.used.join(),
    `unused modules: ${aws.modules.filter((name) => !aws.used.includes(name))}`,
  );
  const wanted = all(
    readFileSync(join(DEPLOY, "kustomize/overlays/production/external-secret.yaml"), "utf8"),
    /key: ecolocal-production-([\w-]+)/g,
  );
  must(
    wanted.join() === aws.secrets.join(),
    `Kubernetes asks for ${wanted.join(", ")}, Terraform makes ${aws.secrets.join(", ")}`,
  );
  return `${aws.modules.length} modules, ${aws.environments.length} environments, ${aws.secrets.length} secrets in both clouds`;
}
