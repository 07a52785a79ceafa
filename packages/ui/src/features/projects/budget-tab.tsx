import type { ProjectView } from "@ecolocal/core/api";
import { Card, DataTable, EmptyState } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./projects.module.css";

/** What a project costs, as ranges, and what has to be got hold of. */
export function BudgetTab({ project }: { readonly project: ProjectView }) {
  const { t, formats } = useText();
  const { budget, materials } = project;
  if (budget.length === 0 && materials.length === 0) {
    return <EmptyState icon="done" title={t("budget.noneTitle")} text={t("budget.noneText")} />;
  }
  const money = (amount: number, currency: string) => formats.moneyRange(amount, amount, currency);
  const total = { lo: sum(budget, "lo"), likely: sum(budget, "likely"), hi: sum(budget, "hi") };
  const rows = [
    ...budget,
    ...(budget.length > 1
      ? [{ id: "total", name: t("budget.total"), cost: total, currency: budget[0]?.currency ?? "EUR" }]
      : []),
  ];
  return (
    <div className={css["stack"]}>
      {budget.length > 0 && (
        <Card>
          <h2 className={css["tableTitle"]}>{t("budget.title")}</h2>
          <DataTable
            caption={t("budget.title")}
            rows={rows}
            rowKey={(row) => row.id}
            columns={[
              {
                id: "name",
                title: t("budget.item"),
                cell: ({ id, name }) => (id === "total" ? <strong>{name}</strong> : name),
              },
              {
                id: "lo",
                title: t("assumptions.low"),
                cell: ({ cost, currency }) => money(cost.lo, currency),
                numeric: true,
              },
              {
                id: "likely",
                title: t("assumptions.likely"),
                cell: ({ cost, currency }) => money(cost.likely, currency),
                numeric: true,
              },
              {
                id: "hi",
                title: t("assumptions.high"),
                cell: ({ cost, currency }) => money(cost.hi, currency),
                numeric: true,
              },
            ]}
          />
        </Card>
      )}
      {materials.length > 0 && (
        <Card>
          <h2 className={css["tableTitle"]}>{t("budget.materials")}</h2>
          <DataTable
            caption={t("budget.materials")}
            rows={materials}
            rowKey={(row) => row.id}
            columns={[
              { id: "name", title: t("budget.item"), cell: ({ name }) => name },
              {
                id: "quantity",
                title: t("budget.quantity"),
                cell: ({ quantity }) => formats.number(quantity),
                numeric: true,
              },
              { id: "unit", title: t("budget.unit"), cell: ({ unit }) => unit },
            ]}
          />
        </Card>
      )}
    </div>
  );
}

function sum(budget: ProjectView["budget"], key: "lo" | "likely" | "hi"): number {
  return budget.reduce((total, { cost }) => total + cost[key], 0);
}
