import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The files a guard looks at, by path below the root with forward slashes; a test may plant its own. */
export interface Repository {
  readonly files: readonly string[];
  read(path: string): string;
}

/** One broken rule, as a person should read it. */
export interface Finding {
  readonly file: string;
  readonly problem: string;
}

const NEVER = new Set([
  "node_modules",
  ".git",
  "dist",
  "dist-app",
  "out",
  "test-results",
  ".turbo",
  ".setup",
  "coverage",
]);

/** The files of a checkout that are or may be committed; without git, all that no build made. */
export function openRepository(root: string): Repository {
  return { files: listFiles(root), read: (path) => readFileSync(join(root, path), "utf8") };
}

function listFiles(root: string): string[] {
  try {
    const names = execFileSync(
      "git",
      ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"],
      {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "ignore"],
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const present = new Set(walk(root, ""));
    return names.split("\0").filter((name) => present.has(name));
  } catch {
    return walk(root, "");
  }
}

function walk(root: string, below: string): string[] {
  return readdirSync(join(root, below), { withFileTypes: true }).flatMap((entry) => {
    if (NEVER.has(entry.name)) return [];
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return walk(root, path);
    return entry.isFile() ? [path] : [];
  });
}

/** A repository made of the given files, for proving that a guard sees a fault. */
export function plantRepository(files: Readonly<Record<string, string>>): Repository {
  return {
    files: Object.keys(files),
    read(path) {
      const text = files[path];
      if (text === undefined) throw new TypeError(`${path} was not planted.`);
      return text;
    },
  };
}

const TEXT =
  /\.(ts|tsx|mjs|cjs|js|json|jsonc|ya?ml|md|css|html|svg|sh|toml|txt|tf|conf|service)$|(^|\/)[^.]+$|^\.[a-z]+/;

export function isText(path: string): boolean {
  return TEXT.test(path) && !path.endsWith("package-lock.json");
}

export function isTestFile(path: string): boolean {
  return /\.(test|bench)\.tsx?$|\/(test|e2e|testing)\//.test(path);
}

/** Source without comments, so that a rule about code does not trip over prose. */
export function withoutComments(source: string): string {
  return source.replaceAll(/\/\*[\s\S]*?\*\//g, "").replaceAll(/(^|\s)\/\/.*$/gm, "$1");
}

/** Specifiers of static and dynamic imports and re-exports. */
export function importsOf(source: string): string[] {
  const pattern = /(?:\bfrom\s+|\bimport\s*\(\s*|\bimport\s+)["']([^"']+)["']/g;
  return [...withoutComments(source).matchAll(pattern)].flatMap(([, specifier]) => specifier ?? []);
}
