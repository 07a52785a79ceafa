import { type ReactNode, type RefObject, useId, useRef, useState } from "react";
import { useText } from "../../text/index.ts";
import { Button } from "../button.tsx";
import { DataTable } from "../data-table.tsx";
import { copyText } from "../states.tsx";
import { showToast } from "../toasts.tsx";
import css from "./chart-frame.module.css";
import { saveFile, toDelimited } from "./save.ts";
import { savePng, saveSvg } from "./save-picture.ts";

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
  /** What its files are called, without their ending; its title when left out. */
  readonly fileName?: string;
  /** More buttons behind "View as table". */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A chart with its title, its sentence, its table twin and the ways to take its numbers along. */
export function ChartFrame<Row>(props: ChartFrameProps<Row>) {
  const { title, summary, columns, rows, note, controls, actions, children, fileName = title } = props;
  const { t } = useText();
  const [asTable, setAsTable] = useState(false);
  const id = useId();
  const plot = useRef<HTMLDivElement>(null);
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
        <div ref={plot} className={css["plot"]}>
          {children}
        </div>
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
          onPress={() => saveFile(`${fileName}.csv`, [toDelimited(lines(), ",")], "text/csv")}
        >
          {t("chart.csv")}
        </Button>
        {!asTable && <PictureButtons plot={plot} name={fileName} />}
        {actions}
      </div>
    </figure>
  );
}

/** The ways to take a chart along as a picture; a chart drawn on a canvas has no drawing to give. */
function PictureButtons({ plot, name }: { readonly plot: RefObject<HTMLDivElement | null>; readonly name: string }) {
  const { t } = useText();
  const save = async (kind: "png" | "svg") => {
    const element = plot.current;
    if (element === null) return;
    const done = kind === "png" ? await savePng(element, name).catch(() => false) : saveSvg(element, name);
    if (!done) showToast({ text: t("chart.pictureRefused"), tone: "problem" });
  };
  return (
    <>
      {(["png", "svg"] as const).map((kind) => (
        <Button key={kind} size="s" look="quiet" icon="download" onPress={() => void save(kind)}>
          {t(`chart.${kind}`)}
        </Button>
      ))}
    </>
  );
}
