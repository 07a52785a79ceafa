import type { Contract, ImportProgress } from "@ecolocal/core/api";
import type { In } from "@ecolocal/core/api/rpc";
import type { Failure } from "@ecolocal/core/shared";
import { useState } from "react";
import { type EngineClient, failureOf, useClient } from "../../../client/index.ts";
import { fileHead, filePieces, isParquet, parquetPieces } from "./file-pieces.ts";
import { headerNames } from "./header.ts";

type Columns = NonNullable<In<Contract, "data.importBegin">["columns"]>;
type Problem = ImportProgress["problems"][number];

/** What an import would do or has done. */
export interface ImportReport extends Omit<ImportProgress, "importId" | "problems" | "done"> {
  readonly problems: readonly Problem[];
}

export type ImportState =
  | { readonly kind: "idle" }
  | { readonly kind: "busy"; readonly dry: boolean; readonly share: number }
  /** Nothing is kept yet: what the file holds, and what would become of it. */
  | { readonly kind: "checked"; readonly report: ImportReport }
  /** The header does not say what its columns mean. */
  | { readonly kind: "columns"; readonly names: readonly string[]; readonly failure: Failure }
  | { readonly kind: "failed"; readonly failure: Failure }
  | { readonly kind: "done"; readonly report: ImportReport };

const SHOWN_PROBLEMS = 100;

/** Checks a file without keeping anything, then imports it; the same file again changes nothing. */
export function useImport() {
  const client = useClient();
  const [file, setFile] = useState<File>();
  const [state, setState] = useState<ImportState>({ kind: "idle" });
  const [columns, setColumns] = useState<Columns>([]);

  const run = async (chosen: File, dry: boolean, meanings: Columns) => {
    setState({ kind: "busy", dry, share: 0 });
    try {
      const report = await send(client, chosen, dry, meanings, (share) => setState({ kind: "busy", dry, share }));
      setState({ kind: dry ? "checked" : "done", report });
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === "IMPORT_COLUMNS_UNKNOWN" && !isParquet(chosen)) {
        setState({ kind: "columns", names: headerNames(await fileHead(chosen)), failure });
      } else setState({ kind: "failed", failure });
    }
  };

  return {
    file,
    state,
    columns,
    choose(chosen: File) {
      setFile(chosen);
      setColumns([]);
      void run(chosen, true, []);
    },
    /** Checks again with what the reader said about the columns. */
    check(meanings: Columns) {
      setColumns(meanings);
      if (file) void run(file, true, meanings);
    },
    keep() {
      if (file) void run(file, false, columns);
    },
  };
}

async function send(
  client: EngineClient,
  file: File,
  dryRun: boolean,
  columns: Columns,
  progress: (share: number) => void,
): Promise<ImportReport> {
  const fileName = file.name.slice(0, 400);
  const format = isParquet(file) ? "parquet" : "auto";
  const { importId } = await client.call("data.importBegin", { fileName, format, columns, dryRun });
  const problems: Problem[] = [];
  let latest: ImportProgress | undefined;
  for await (const { share, ...piece } of format === "parquet" ? parquetPieces(file) : filePieces(file)) {
    latest = await client.call("data.importChunk", { importId, ...piece });
    problems.push(...latest.problems.slice(0, SHOWN_PROBLEMS - problems.length));
    progress(share);
    if (latest.done) break;
  }
  if (latest === undefined) throw new Error("A file always has at least one piece.");
  const { rowsRead, inserted, corrected, unchanged, rejected, channels } = latest;
  return { rowsRead, inserted, corrected, unchanged, rejected, channels, problems };
}
