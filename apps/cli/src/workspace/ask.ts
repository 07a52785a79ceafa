import type { ChannelView, Contract, In } from "@ecolocal/core/api";
import { parseRange, type TimeFlags } from "../input/time.ts";
import type { Output } from "../output/output.ts";
import type { Engine } from "../workspace-command.ts";
import { findChannel } from "./find.ts";

/** What a question about one channel is about. */
export interface Subject {
  readonly channel: ChannelView;
  readonly span: { readonly channelId: string; readonly from: number; readonly to: number };
}

/** Finds the channel that a person named, and the span of time. */
export async function askedAbout(engine: Engine, name: string, flags: TimeFlags): Promise<Subject> {
  const channel = findChannel(name, await engine.call("channel.list", {}));
  return { channel, span: { channelId: channel.id, ...parseRange(flags, Date.now()) } };
}

/** Prints where the answer to a question would come from. */
export async function printPlan(engine: Engine, output: Output, question: In<Contract, "data.explain">): Promise<void> {
  const plan = await engine.call("data.explain", question);
  await output.document(plan, () => [`${plan.buckets} values`, ...plan.text.split("\n")]);
}

/** Leaves out what was not given: an optional input must be absent, not undefined. */
export function given<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
