import { posix } from "node:path";
import { type Finding, importsOf, isTestFile, type Repository } from "./repository.ts";

/** The folders of core; each imports only those before it, through an index. Source: house rules §2. */
export const CORE_ORDER = [
  "shared",
  "knowledge",
  "community",
  "sensing",
  "series",
  "judgement",
  "forecasting",
  "impact",
  "recommendation",
  "planning",
  "matching",
  "documents",
  "notice",
  "actions",
  "api",
] as const;

/** Third parties that core may use, and the folders that may; `null` means all. */
const ALLOWED: Readonly<Record<string, readonly string[] | null>> = {
  zod: null,
  "temporal-polyfill": null,
  yjs: ["documents"],
  "fractional-indexing": ["documents"],
};

const SOURCE = "packages/core/src/";

/** Imports of core that point the wrong way, go past an index, or name a third party that is not allowed there. */
export function coreLayerFindings(repository: Repository): Finding[] {
  return repository.files
    .filter((file) => file.startsWith(SOURCE) && /\.tsx?$/.test(file) && !isTestFile(file))
    .flatMap((file) =>
      importsOf(repository.read(file)).flatMap((specifier) => {
        const problem = importProblem(file, specifier);
        return problem === undefined ? [] : [{ file, problem }];
      }),
    );
}

function importProblem(file: string, specifier: string): string | undefined {
  const own = folderOf(file);
  if (!specifier.startsWith(".")) return thirdPartyProblem(own, specifier);
  const target = posix.join(posix.dirname(file), specifier);
  const other = folderOf(target);
  if (other === own) return undefined;
  const ownRank = CORE_ORDER.indexOf(own as (typeof CORE_ORDER)[number]);
  const otherRank = CORE_ORDER.indexOf(other as (typeof CORE_ORDER)[number]);
  if (otherRank === -1) return `imports ${specifier}, which is no folder of core that house rules §2 knows`;
  if (otherRank > ownRank) return `imports ${other}, which comes after ${own}`;
  return target.endsWith("/index.ts") ? undefined : `imports ${specifier} past the index of ${other}`;
}

function thirdPartyProblem(own: string, specifier: string): string | undefined {
  const name = specifier.startsWith("@") ? specifier.split("/").slice(0, 2).join("/") : (specifier.split("/")[0] ?? "");
  if (!Object.hasOwn(ALLOWED, name)) return `imports ${name}, which core may not use`;
  const folders = ALLOWED[name];
  return folders === null || folders?.includes(own) ? undefined : `imports ${name}, which only ${folders} may use`;
}

function folderOf(path: string): string {
  return path.slice(SOURCE.length).split("/")[0] ?? "";
}
