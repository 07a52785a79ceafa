import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkManifests, parseManifests, policyFindings } from "./manifests.mjs";
import { DEPLOY, must, run } from "./run.mjs";

const OVERLAYS = ["overlays/dev", "overlays/staging", "overlays/production", "variants/canary", "variants/blue-green"];

async function renderOverlays() {
  let objects = 0;
  for (const overlay of OVERLAYS) {
    const manifests = await parseManifests(await run("kubectl", ["kustomize", join(DEPLOY, "kustomize", overlay)]));
    objects += manifests.length;
    const findings = policyFindings(manifests);
    must(findings.length === 0, `${overlay}: ${findings.join("; ")}`);
    if (overlay === "overlays/production") await checkManifests(Promise.resolve(manifests));
  }
  return `${OVERLAYS.length} overlays, ${objects} objects`;
}

async function terraformFormat() {
  await run("terraform", ["fmt", "-check", "-recursive", join(DEPLOY, "terraform")], { env: terraformEnv() });
  return "formatted, hence parsed";
}

/** Where Terraform providers lie on this machine: ECOLOCAL_TERRAFORM_MIRROR, or the usual place. */
function mirror() {
  const { ECOLOCAL_TERRAFORM_MIRROR } = process.env;
  return [ECOLOCAL_TERRAFORM_MIRROR, "/usr/share/terraform/plugins"].find(
    (path) => path !== undefined && existsSync(join(path, "registry.terraform.io")),
  );
}

/** @param {string} [configuration] */
function terraformEnv(configuration) {
  return {
    ...process.env,
    CHECKPOINT_DISABLE: "1",
    ...(configuration === undefined ? {} : { TF_CLI_CONFIG_FILE: configuration }),
  };
}

async function terraformAws() {
  const path = mirror();
  if (path === undefined || !existsSync(join(path, "registry.terraform.io/hashicorp/aws"))) {
    return "SKIP no mirror with the provider hashicorp/aws; set ECOLOCAL_TERRAFORM_MIRROR";
  }
  const scratch = mkdtempSync(join(tmpdir(), "ecolocal-terraform-"));
  const configuration = join(scratch, "config.tfrc");
  writeFileSync(
    configuration,
    `disable_checkpoint = true\nprovider_installation {\n  filesystem_mirror { path = "${path}" }\n}\n`,
  );
  const module = join(DEPLOY, "terraform", "aws");
  const options = {
    cwd: module,
    env: { ...terraformEnv(configuration), TF_DATA_DIR: join(scratch, "data") },
    timeoutMs: 180_000,
  };
  try {
    await run("terraform", ["init", "-backend=false", "-input=false", "-lockfile=readonly"], options).catch(() =>
      run("terraform", ["init", "-backend=false", "-input=false"], options),
    );
    await run("terraform", ["validate"], options);
    const out = await run("terraform", ["test", "-no-color"], options);
    return (/Success!.*/.exec(out)?.[0] ?? "tested").trim();
  } finally {
    rmSync(scratch, { recursive: true, force: true });
    for (const name of readdirSync(module)) if (name === ".terraform.lock.hcl") rmSync(join(module, name));
  }
}

/** @type {import("./checks.mjs").Check[]} */
export const infraChecks = [
  {
    name: "kustomize",
    title: "every overlay renders, fits its types and our policies",
    needs: ["kubectl"],
    run: renderOverlays,
  },
  {
    name: "terraform-format",
    title: "Terraform for AWS and GCP is well-formed",
    needs: ["terraform"],
    run: terraformFormat,
  },
  {
    name: "terraform-aws",
    title: "Terraform for AWS is valid and its tests pass",
    needs: ["terraform"],
    run: terraformAws,
  },
  {
    name: "terraform-gcp",
    title: "Terraform for GCP is valid",
    needs: ["terraform"],
    run: async () =>
      "SKIP the provider hashicorp/google is on no mirror; elsewhere: terraform -chdir=deploy/terraform/gcp init -backend=false && terraform -chdir=deploy/terraform/gcp validate",
  },
];
