import { join } from "node:path";
import { withDependencies } from "./workspaces.mjs";

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} title what a person reads while it runs
 * @property {string[]} inputs files and folders below the root
 * @property {{dir: string, paths: string[]}[]} outputs what it leaves behind
 * @property {string} cwd
 * @property {(outputsMissing: boolean) => string[]} nodeArguments
 */

const SHARED_INPUTS = ["package.json", "package-lock.json", "tsconfig.base.json", "tsconfig.json"];
const OUTPUTS = ["dist", "dist-app", "out", "oclif.manifest.json"];

/**
 * The build: the catalogue, which TypeScript includes, then TypeScript, then each workspace that has a `build` script, after those it is built from.
 *
 * @param {string} root
 * @param {import("./workspaces.mjs").Workspace[]} workspaces
 * @returns {Step[]}
 */
export function buildSteps(root, workspaces) {
  const knowledge = {
    name: "knowledge",
    title: "checking and writing out the catalogue",
    inputs: ["packages/core/knowledge", "tools/knowledge"],
    outputs: [],
    cwd: root,
    nodeArguments: () => [join(root, "tools", "knowledge", "build.mjs")],
  };
  const typed = workspaces.filter((workspace) => workspace.isTypeScript);
  const compile = {
    name: "types",
    title: "compiling TypeScript",
    inputs: [...SHARED_INPUTS, ...typed.flatMap(({ dir }) => [`${dir}/src`, `${dir}/tsconfig.json`])],
    outputs: typed.map(({ dir }) => ({ dir, paths: ["dist"] })),
    cwd: root,
    /** @param {boolean} outputsMissing */
    nodeArguments: (outputsMissing) => [
      join(root, "node_modules", "typescript", "bin", "tsc"),
      "-b",
      // tsc looks at its own notes, not at dist: without this a deleted dist stays deleted.
      ...(outputsMissing ? ["--force"] : []),
    ],
  };
  const scripts = workspaces
    .filter((workspace) => workspace.hasBuildScript)
    .map((workspace) => ({
      name: workspace.dir.replace("/", "-"),
      title: `building ${workspace.dir}`,
      inputs: [...SHARED_INPUTS, ...withDependencies(workspace, workspaces).map(({ dir }) => dir)],
      outputs: [{ dir: workspace.dir, paths: OUTPUTS }],
      cwd: join(root, workspace.dir),
      nodeArguments: () => ["--run", "build"],
    }));
  return [knowledge, compile, ...scripts];
}
