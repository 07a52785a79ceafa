import { type ReactNode, useId, useState } from "react";
import { useText } from "../../text/index.ts";
import { Button } from "../button.tsx";
import { DataTable } from "../data-table.tsx";
import { copyText } from "../states.tsx";
import { showToast } from "../toasts.tsx";
import css from "./chart-frame.module.css";
import { saveFile, toDelimited } from "./save.ts";

export interface ChartColumn<Row> {
  readonly id: string;
  readonly title: string;
  readonly cell: (row: Row) => string;
  readonly numeric?: boolean;
}

/** What every chart must bring along: a sentence that says what it shows, and its numbers as a table. */
export interface ChartTwin<Row> {
  readonly title: string;
  readonly summary: string;
  readonly columns: readonly ChartColumn<Row>[];
  readonly rows: readonly Row[];
}

interface ChartFrameProps<Row> extends ChartTwin<Row> {
  /** Beside the title: a range, a coverage. */
  readonly note?: ReactNode;
  readonly controls?: ReactNode;
  /** More buttons behind "View as table". */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A chart with its title, its sentence, its table twin and the ways to take its numbers along. */
export function ChartFrame<Row>(props: ChartFrameProps<Row>) {
  const { title, summary, columns, rows, note, controls, actions, children } = props;
  const { t } = useText();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const lines = () => [
    columns.map((column) => column.title),
    ...rows.map((row) => columns.map(({ cell }) => cell(row))),
  ];
  const copy = async () => {
    const done = await copyText(toDelimited(lines(), "\t"));
    showToast(done ? { text: t("chart.copied") } : { text: t("chart.copyRefused"), tone: "problem" });
  };
  return (
    <figure className={css["figure"]} aria-labelledby={id}>
      <div className={css["head"]}>
        <h2 id={id} className={css["title"]}>
          {title}
        </h2>
        {note && <span className={css["note"]}>{note}</span>}
        {controls && <div className={css["controls"]}>{controls}</div>}
      </div>
      {asTable ? (
        <DataTable caption={title} columns={columns} rows={rows} rowKey={(_, index) => index} />
      ) : (
        <div className={css["plot"]}>{children}</div>
      )}
      <figcaption className={css["summary"]}>{summary}</figcaption>
      <div className={css["tools"]}>
        <Button size="s" icon={asTable ? "data" : "table"} onPress={() => setAsTable(!asTable)}>
          {asTable ? t("chart.asChart") : t("chart.asTable")}
        </Button>
        <Button size="s" look="quiet" icon="copy" onPress={() => void copy()}>
          {t("chart.copy")}
        </Button>
        <Button
          size="s"
          look="quiet"
          icon="download"
          onPress={() => saveFile(`${title}.csv`, [toDelimited(lines(), ",")], "text/csv")}
        >
          {t("chart.csv")}
        </Button>
        {actions}
      </div>
    </figure>
  );
}
