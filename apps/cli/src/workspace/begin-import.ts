import { createHash } from "node:crypto";
import type { Contract, ImportBegun } from "@ecolocal/core/api";
import type { In } from "@ecolocal/core/api/rpc";
import { textPieces } from "../input/text-chunks.ts";
import type { Engine } from "../workspace-command.ts";

export interface BegunImport {
  readonly importId: string;
  /** Characters of the file that are imported already. */
  readonly offset: number;
  readonly rowsBefore: number;
}

type Part = NonNullable<ImportBegun["resumesAt"]>["parts"][number];

/**
 * Begins an import, or goes on with an earlier one where the file still begins with what that one read. `open` gives
 * the file from its start; without it the import begins anew.
 */
export async function beginImport(
  engine: Engine,
  request: In<Contract, "data.importBegin">,
  open: (() => Promise<AsyncIterable<Uint8Array>>) | undefined,
): Promise<BegunImport> {
  const begun = await engine.call("data.importBegin", { ...request, resume: open !== undefined });
  const { importId, resumesAt } = begun;
  if (open === undefined || resumesAt === null) return { importId, offset: 0, rowsBefore: 0 };
  const { parts, rowsRead } = resumesAt;
  if (await beginsWith(await open(), parts)) {
    return { importId, offset: parts.at(-1)?.to ?? 0, rowsBefore: rowsRead };
  }
  const anew = await engine.call("data.importBegin", { ...request, resume: false });
  return { importId: anew.importId, offset: 0, rowsBefore: 0 };
}

/** Tells whether the text of a file consists of these parts, whatever comes behind them. */
async function beginsWith(source: AsyncIterable<Uint8Array>, parts: readonly Part[]): Promise<boolean> {
  let at = 0;
  let part = 0;
  let hash = createHash("sha256");
  for await (const { text } of textPieces(source)) {
    for (let rest = text; part < parts.length; ) {
      const { to, sha256 } = parts[part] as Part;
      const piece = rest.slice(0, to - at);
      hash.update(piece);
      at += piece.length;
      rest = rest.slice(piece.length);
      if (at < to) break;
      if (hash.digest("hex") !== sha256) return false;
      hash = createHash("sha256");
      part++;
    }
    if (part === parts.length) return true;
  }
  return false;
}
