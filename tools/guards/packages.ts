import type { Finding, Repository } from "./repository.ts";

interface LockEntry {
  readonly version?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly oclif?: { readonly plugins?: readonly string[] };
}

const LOCKFILE = "package-lock.json";

const lockEntries = (repository: Repository): [string, LockEntry][] =>
  Object.entries(JSON.parse(repository.read(LOCKFILE)).packages as Record<string, LockEntry>);

const manifest = (repository: Repository, path: string): Manifest => JSON.parse(repository.read(path));

/** The lockfile must install from any registry and on every platform, not only where it was written. */
export function lockfileFindings(repository: Repository): Finding[] {
  const entries = lockEntries(repository);
  const names = new Set(
    entries.map(([path]) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length)),
  );
  const hosts = entries
    .filter(([, { resolved, link }]) => link !== true && resolved !== undefined && /^[a-z+]+:\/\//.test(resolved))
    .map(([path, { resolved }]) => ({ file: LOCKFILE, problem: `${path} names the host of ${resolved}` }));
  const missing = entries.flatMap(([path, { optionalDependencies }]) =>
    Object.keys(optionalDependencies ?? {})
      .filter((name) => !names.has(name))
      .map((name) => ({
        file: LOCKFILE,
        problem: `${path || "the root"} may need ${name}, which the lockfile does not hold`,
      })),
  );
  return [...hosts, ...missing];
}

/** Packages of which two copies break each other: documents of one Yjs are strangers to another. */
const SINGLE = ["yjs", "lib0", "y-protocols"] as const;

export function duplicateFindings(repository: Repository): Finding[] {
  const paths = lockEntries(repository).map(([path]) => path);
  return SINGLE.flatMap((name) => {
    const copies = paths.filter((path) => path === `node_modules/${name}` || path.endsWith(`/node_modules/${name}`));
    return copies.length > 1
      ? [{ file: LOCKFILE, problem: `holds ${copies.length} copies of ${name}: ${copies.join(", ")}` }]
      : [];
  });
}

/** oclif leaves out, without a word, plugins that are listed but not installed. */
export function pluginFindings(repository: Repository): Finding[] {
  const file = "apps/cli/package.json";
  const { dependencies = {}, oclif } = manifest(repository, file);
  return (oclif?.plugins ?? [])
    .filter((plugin) => !Object.hasOwn(dependencies, plugin))
    .map((plugin) => ({ file, problem: `lists the plugin ${plugin}, which is no dependency` }));
}

/** Versions that the next install could resolve differently. */
export function rangeFindings(repository: Repository): Finding[] {
  return repository.files
    .filter((file) => /(^|\/)package\.json$/.test(file))
    .flatMap((file) => {
      const { dependencies, devDependencies, optionalDependencies } = manifest(repository, file);
      return Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
        .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
        .map(([name, version]) => ({ file, problem: `wants ${name} ${version}; pin one version` }));
    });
}
