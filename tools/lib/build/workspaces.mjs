import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readJson } from "../setup/repo.mjs";

/**
 * @typedef {object} Workspace
 * @property {string} name package name
 * @property {string} dir path below the root, with forward slashes
 * @property {string[]} needs names of the workspaces it depends on directly
 * @property {boolean} hasBuildScript
 * @property {boolean} isTypeScript
 */

/**
 * All workspaces, each after those it depends on.
 *
 * @param {string} root
 * @returns {Workspace[]}
 */
export function listWorkspaces(root) {
  const found = ["packages", "apps"].flatMap((group) =>
    existsSync(join(root, group))
      ? readdirSync(join(root, group))
          .sort()
          .map((name) => `${group}/${name}`)
          .filter((dir) => existsSync(join(root, dir, "package.json")))
          .map((dir) => describe(root, dir))
      : [],
  );
  return inDependencyOrder(found);
}

/**
 * @param {string} root
 * @param {string} dir
 * @returns {Workspace}
 */
function describe(root, dir) {
  const manifest = readJson(join(root, dir, "package.json"));
  const needs = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
  return {
    name: manifest.name,
    dir,
    needs: needs.filter((name) => name.startsWith("@ecolocal/")),
    hasBuildScript: manifest.scripts?.build !== undefined,
    isTypeScript: existsSync(join(root, dir, "tsconfig.json")),
  };
}

/** @param {Workspace[]} workspaces */
function inDependencyOrder(workspaces) {
  const byName = new Map(workspaces.map((workspace) => [workspace.name, workspace]));
  /** @type {Set<Workspace>} */
  const ordered = new Set();
  /** @param {Workspace} workspace @param {string[]} path */
  const visit = (workspace, path) => {
    if (path.includes(workspace.name)) throw new Error(`Workspaces depend on each other: ${path.join(" → ")}`);
    for (const need of workspace.needs) {
      const dependency = byName.get(need);
      if (dependency !== undefined) visit(dependency, [...path, workspace.name]);
    }
    ordered.add(workspace);
  };
  for (const workspace of workspaces) visit(workspace, []);
  return [...ordered];
}

/**
 * A workspace and everything it is built from.
 *
 * @param {Workspace} workspace
 * @param {Workspace[]} all
 * @returns {Workspace[]}
 */
export function withDependencies(workspace, all) {
  const wanted = new Set([workspace.name]);
  for (const candidate of [...all].reverse()) {
    if (wanted.has(candidate.name)) for (const need of candidate.needs) wanted.add(need);
  }
  return all.filter(({ name }) => wanted.has(name));
}
