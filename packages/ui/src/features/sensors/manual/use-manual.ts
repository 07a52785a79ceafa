import type { ChannelView } from "@ecolocal/core/api";
import type { Failure, Quantity } from "@ecolocal/core/shared";
import { useState } from "react";
import { failureOf, useEngine, useEngineAction } from "../../../client/index.ts";
import { doubtsOf, fromFieldTime, isMeter, type ReadingDoubt, toFieldTime } from "./meter-check.ts";

/** Stands for a meter that is not there yet. */
export const NEW_METER = "new";

/** What the form of a meter reading knows and can do. */
export interface ManualForm {
  readonly meters: readonly ChannelView[];
  readonly meterId: string;
  readonly setMeterId: (id: string) => void;
  readonly meter: ChannelView | undefined;
  readonly quantity: Quantity;
  readonly setQuantity: (quantity: Quantity) => void;
  readonly name: string;
  readonly setName: (name: string) => void;
  readonly place: string;
  readonly setPlace: (place: string) => void;
  readonly value: number;
  readonly setValue: (value: number) => void;
  readonly time: string;
  readonly setTime: (time: string) => void;
  readonly doubts: readonly ReadingDoubt[];
  /** A meter that runs backwards has been exchanged. */
  readonly exchanged: boolean;
  readonly setExchanged: (exchanged: boolean) => void;
  readonly ready: boolean;
  readonly saving: boolean;
  readonly failure: Failure | null;
  readonly save: (done: () => void) => void;
}

export function useManual(): ManualForm {
  const channels = useEngine("channel.list", {});
  const meters = (channels.data ?? []).filter(isMeter);
  const [chosen, setMeterId] = useState<string>();
  const [quantity, setQuantity] = useState<Quantity>("energy_import");
  const [name, setName] = useState("");
  const [place, setPlace] = useState("");
  const [value, setValue] = useState(Number.NaN);
  const [time, setTime] = useState(() => toFieldTime(Date.now()));
  const [exchanged, setExchanged] = useState(false);
  const add = useEngineAction("channel.add");
  const append = useEngineAction("data.append");
  const meterId = chosen ?? meters[0]?.id ?? NEW_METER;
  const meter = meters.find(({ id }) => id === meterId);
  const at = fromFieldTime(time);
  const typed = { quantity: meter?.quantity ?? quantity, value, at: at ?? 0, last: meter?.latest ?? null };
  const doubts = at === null || Number.isNaN(value) ? [] : doubtsOf(typed, Date.now());
  const settled = !doubts.includes("future") && (exchanged || !doubts.includes("backwards"));
  const named = meter !== undefined || name.trim() !== "";
  const save = async (done: () => void): Promise<void> => {
    const { id } = meter ?? (await add.mutateAsync({ quantity, name: name.trim(), place: place.trim() }));
    await append.mutateAsync({ readings: [{ channelId: id, at: at ?? 0, value }] });
    done();
  };
  const error = add.error ?? append.error;
  return {
    meters,
    meterId,
    setMeterId,
    meter,
    ...{ quantity, setQuantity, name, setName, place, setPlace, value, setValue, time, setTime },
    doubts,
    exchanged,
    setExchanged,
    ready: at !== null && !Number.isNaN(value) && named && settled,
    saving: add.isPending || append.isPending,
    failure: error === null ? null : failureOf(error),
    // What failed is shown from the mutation.
    save: (done) => void save(done).catch(() => undefined),
  };
}
