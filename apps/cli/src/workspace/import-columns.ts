import type { ChannelView, Contract } from "@ecolocal/core/api";
import type { In } from "@ecolocal/core/api/rpc";
import { isQuantity, type Quantity } from "@ecolocal/core/shared";
import { usageFailure } from "../failure/cli-failure.ts";

type ImportColumn = NonNullable<In<Contract, "data.importBegin">["columns"]>[number];

export interface ImportPlace {
  readonly place: string | undefined;
  readonly exposure: "indoor" | "outdoor" | "mobile" | "unknown" | undefined;
  readonly intervalMs: number | undefined;
  /** Channels of the sensor whose readings these are; undefined makes or finds channels by place. */
  readonly channels: readonly ChannelView[] | undefined;
}

/**
 * Reads a column as typed: `COLUMN=quantity`, `COLUMN=quantity:unit`, with `@place` behind it where columns come from
 * several places.
 *
 * ### Example
 * ```ts
 * parseImportColumn("PM2.5=pm25:ug/m3@Kitchen", where);
 * ```
 */
export function parseImportColumn(text: string, where: ImportPlace): ImportColumn {
  const at = text.lastIndexOf("=");
  const [measured = "", place = where.place] = text.slice(at + 1).split("@");
  const [quantity = "", unit] = measured.split(":");
  if (at < 1 || !isQuantity(quantity)) {
    const detail = at < 1 ? `"${text}" names no column.` : `"${quantity}" is no quantity EcoLocal knows.`;
    throw usageFailure(
      "import",
      text,
      detail,
      "Write --column PM2.5=pm25 or --column temp_f=temperature:[degF]@Kitchen",
    );
  }
  return { column: text.slice(0, at), ...(unit ? { unit } : {}), target: targetOf(quantity, { ...where, place }) };
}

function targetOf(quantity: Quantity, { place, exposure, intervalMs, channels }: ImportPlace): ImportColumn["target"] {
  if (channels !== undefined) {
    const channel = channels.find((candidate) => candidate.quantity === quantity);
    if (channel !== undefined) return { channelId: channel.id };
    const known = channels.map((candidate) => candidate.quantity).join(", ");
    throw usageFailure("import", quantity, `The sensor has no ${quantity}.`, `It measures: ${known || "nothing yet"}`);
  }
  return {
    quantity,
    ...(place === undefined ? {} : { place }),
    ...(exposure === undefined ? {} : { exposure }),
    ...(intervalMs === undefined ? {} : { intervalMs }),
  };
}
