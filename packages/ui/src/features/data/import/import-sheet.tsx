import { DropZone, FileTrigger, isFileDropItem, Text } from "react-aria-components";
import { Button, DataTable, FailureNotice, Icon, Progress, Sheet } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import { ColumnMeanings } from "./column-meanings.tsx";
import css from "./import.module.css";
import { type ImportReport, type ImportState, useImport } from "./use-import.ts";

/** From a file to readings: look first, keep then. */
export function ImportSheet({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  const job = useImport();
  const ready = job.state.kind === "checked" && job.state.report.inserted + job.state.report.corrected > 0;
  return (
    <Sheet
      open
      onClose={onClose}
      title={t("import.title")}
      footer={
        job.state.kind === "done" ? (
          <Button look="primary" onPress={onClose}>
            {t("action.gotIt")}
          </Button>
        ) : (
          <>
            <Button onPress={onClose}>{t("action.cancel")}</Button>
            <Button look="primary" isDisabled={!ready} onPress={job.keep}>
              {t("import.keep")}
            </Button>
          </>
        )
      }
    >
      <div className={css["stack"]}>
        <p className={css["hint"]}>{t("import.lead")}</p>
        <FilePicker name={job.file?.name} onFile={job.choose} />
        <ImportBody state={job.state} onCheck={job.check} />
      </div>
    </Sheet>
  );
}

interface FilePickerProps {
  readonly name: string | undefined;
  readonly onFile: (file: File) => void;
}

function FilePicker({ name, onFile }: FilePickerProps) {
  const { t } = useText();
  return (
    <DropZone
      className={css["drop"] ?? ""}
      onDrop={(event) => {
        const item = event.items.find(isFileDropItem);
        if (item) void item.getFile().then(onFile);
      }}
    >
      <Icon name="data" size={24} />
      <Text slot="label">{name ?? t("import.drop")}</Text>
      <FileTrigger
        acceptedFileTypes={[".csv", ".tsv", ".txt", ".ndjson", ".jsonl", ".parquet", "text/csv"]}
        onSelect={(files) => {
          const file = files?.[0];
          if (file) onFile(file);
        }}
      >
        <Button size="s">{name === undefined ? t("import.choose") : t("import.another")}</Button>
      </FileTrigger>
    </DropZone>
  );
}

interface ImportBodyProps {
  readonly state: ImportState;
  readonly onCheck: ReturnType<typeof useImport>["check"];
}

function ImportBody({ state, onCheck }: ImportBodyProps) {
  const { t, formats } = useText();
  switch (state.kind) {
    case "idle":
      return <p className={css["hint"]}>{t("import.kinds")}</p>;
    case "busy": {
      const label = t(state.dry ? "import.checking" : "import.keeping", { share: formats.percent(state.share) });
      return (
        <div className={css["busy"]}>
          <Progress value={state.share} max={1} label={label} />
          <p>{label}</p>
        </div>
      );
    }
    case "columns":
      return <ColumnMeanings names={state.names} failure={state.failure} onCheck={onCheck} />;
    case "failed":
      return <FailureNotice failure={state.failure} />;
    case "checked":
    case "done":
      return <Report report={state.report} done={state.kind === "done"} />;
  }
}

function Report({ report, done }: { readonly report: ImportReport; readonly done: boolean }) {
  const { t } = useText();
  const { rowsRead, inserted, corrected, unchanged, rejected } = report;
  return (
    <div className={css["stack"]}>
      <h3 className={css["verdict"]}>
        <Icon name={done ? "done" : "info"} size={18} />
        {t(done ? "import.doneTitle" : "import.checkedTitle", {
          rows: rowsRead,
          inserted,
          channels: report.channels.length,
        })}
      </h3>
      <p>{t("import.counts", { inserted, corrected, unchanged, rejected })}</p>
      {report.problems.length > 0 && (
        <DataTable
          caption={t("import.problems")}
          rows={report.problems}
          rowKey={(_, index) => index}
          columns={[
            { id: "row", title: t("import.row"), cell: ({ row }) => row, numeric: true },
            { id: "reason", title: t("import.reason"), cell: ({ reason }) => reason },
          ]}
        />
      )}
      {rejected > report.problems.length && <p className={css["hint"]}>{t("import.moreProblems")}</p>}
    </div>
  );
}
