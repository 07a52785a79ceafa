import { usageFailure } from "../failure/cli-failure.ts";
import type { Column } from "./table.ts";

export interface Selection {
  readonly columns: string | undefined;
  readonly sort: string | undefined;
  readonly filter: readonly string[];
}

/** Applies `--columns`, `--sort` and `--filter`; an unknown column is a usage failure that lists the known ones. */
export function selectRows<Row>(
  rows: readonly Row[],
  columns: readonly Column<Row>[],
  { columns: wanted, sort, filter }: Selection,
): { rows: Row[]; columns: Column<Row>[] } {
  const byKey = (key: string): Column<Row> => {
    const column = columns.find((candidate) => candidate.key === key);
    if (column !== undefined) return column;
    const known = columns.map((candidate) => candidate.key).join(", ");
    throw usageFailure("select", key, `There is no column "${key}".`, `Columns are: ${known}`);
  };
  const kept = filter.reduce<Row[]>((left, rule) => left.filter(ruleMatches(rule, byKey)), [...rows]);
  if (sort !== undefined) kept.sort(comparison(sort, byKey));
  return {
    rows: kept,
    columns: wanted === undefined ? [...columns] : wanted.split(",").map((key) => byKey(key.trim())),
  };
}

/** `place=kitchen` keeps rows whose place contains "kitchen", whatever the case. */
function ruleMatches<Row>(rule: string, byKey: (key: string) => Column<Row>): (row: Row) => boolean {
  const at = rule.indexOf("=");
  if (at < 1) throw usageFailure("select", rule, `"${rule}" is no filter.`, "Write --filter column=text");
  const column = byKey(rule.slice(0, at));
  const text = rule.slice(at + 1).toLowerCase();
  return (row) =>
    String(column.value(row) ?? "")
      .toLowerCase()
      .includes(text);
}

/** `-latest` sorts by latest, highest first. */
function comparison<Row>(sort: string, byKey: (key: string) => Column<Row>): (a: Row, b: Row) => number {
  const descending = sort.startsWith("-");
  const column = byKey(descending ? sort.slice(1) : sort);
  return (a, b) => (descending ? -1 : 1) * compareValues(column.value(a), column.value(b));
}

function compareValues(a: string | number | null, b: string | number | null): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a ?? "").localeCompare(String(b ?? ""));
}
