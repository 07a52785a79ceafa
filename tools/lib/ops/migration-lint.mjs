import { join } from "node:path";
import { REPO_ROOT } from "../setup/repo.mjs";
import { must, runNode } from "./run.mjs";

/**
 * What breaks a server of the version before, while both run.
 *
 * @type {[RegExp, string][]}
 */
const RULES = [
  [/\bdrop\s+(table|column|view|function|trigger|type|constraint)\b/i, "drops something that old servers use"],
  [/\brename\b/i, "renames something that old servers use"],
  [/\balter\s+column\s+\S+\s+(set\s+data\s+)?type\b/i, "changes the type of a column"],
  [/\bset\s+not\s+null\b/i, "refuses rows that old servers write"],
  [/\badd\s+column\b(?!.*\bdefault\b).*\bnot\s+null\b/is, "adds a required column without a default"],
  [
    /\badd\s+(constraint\s+\S+\s+)?(check|unique|foreign\s+key)\b(?!.*\bnot\s+valid\b)/is,
    "adds a rule that locks and checks all rows",
  ],
  [/\b(truncate|delete\s+from|update)\b/i, "changes rows inside the migration; backfill in batches instead"],
  [/\btransaction_timeout\b|\bvirtual\b/i, "needs more than PostgreSQL 15"],
];

/** @param {{version: number, name: string, statements: readonly string[]}[]} migrations */
export function migrationFindings(migrations) {
  const made = new Set();
  /** @type {string[]} */
  const findings = [];
  migrations.forEach(({ version, name, statements }, index) => {
    if (version !== index + 1) findings.push(`migration ${name} is number ${version} in place ${index + 1}`);
    for (const statement of statements) findings.push(...statementFindings(name, statement, made));
  });
  return findings;
}

/** @param {string} name @param {string} statement @param {Set<string>} made */
function statementFindings(name, statement, made) {
  const table = /create\s+table\s+(?:if\s+not\s+exists\s+)?(\w+)/i.exec(statement)?.[1];
  if (table !== undefined) {
    made.add(table);
    return [];
  }
  const plain = withoutReferences(statement);
  const findings = RULES.filter(([pattern]) => pattern.test(plain)).map(
    ([, what]) => `${name}: ${what}: ${statement.slice(0, 80)}`,
  );
  const indexed = /create\s+(?:unique\s+)?index\s+(?!concurrently)\S+\s+on\s+(\w+)/i.exec(statement)?.[1];
  if (indexed !== undefined && !made.has(indexed)) findings.push(`${name}: an index on a filled table locks it`);
  return findings;
}

/** @param {string} statement */
function withoutReferences(statement) {
  return statement.replaceAll(/on\s+(delete|update)\s+\w+/gi, "");
}

const PLANTED = [
  "alter table members drop column name",
  "alter table members rename column name to title",
  "alter table members alter column name type integer",
  "alter table members alter column name set not null",
  "alter table members add column age integer not null",
  "alter table members add constraint old check (age > 3)",
  "update members set name = 'x'",
  "create index slow on elsewhere (a)",
];

export async function lintMigrations() {
  const source = join(REPO_ROOT, "packages", "db", "src", "server", "migrations.ts");
  const code = `import(${JSON.stringify(source)}).then((m) => process.stdout.write(JSON.stringify(m.SERVER_MIGRATIONS)))`;
  const migrations = JSON.parse(await runNode(["--input-type=module", "-e", code]));
  const findings = migrationFindings(migrations);
  must(findings.length === 0, findings.join("\n"));
  for (const statement of PLANTED) {
    must(
      migrationFindings([{ version: 1, name: "planted", statements: [statement] }]).length > 0,
      `not found: ${statement}`,
    );
  }
  return `${migrations.length} migrations; ${PLANTED.length} planted contractions are found`;
}
