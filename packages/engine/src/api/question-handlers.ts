import type { Contract } from "@ecolocal/core/api";
import { type CallContext, type Handlers, RpcError } from "@ecolocal/core/api/rpc";
import type { Question, ReadingAnalysis } from "@ecolocal/core/series";
import { err, ok, type Result } from "@ecolocal/core/shared";
import { type AskedOf, type AskFailure, checkedQuestion, watchBuckets } from "../asking/index.ts";
import { channelNotFound, findReadableChannel } from "../store/index.ts";
import { inTurns } from "./in-turns.ts";
import type { Services } from "./services.ts";

type Questions = Pick<
  Handlers<Contract>,
  `data.${Question["ask"]}` | "data.latest" | "data.explain" | "data.watchBuckets"
>;

type Answer<K extends keyof ReadingAnalysis> = Result<ReturnType<ReadingAnalysis[K]>, AskFailure>;

/** Questions about stored readings: checked first, answered in slices that live readings never wait for. */
export function questionHandlers(services: Services): Questions {
  const { store, ingest } = services;
  const { readings } = store;

  /** Works for as long as the caller wants to know. */
  const answer = async <K extends keyof ReadingAnalysis>(
    ask: K,
    query: Omit<AskedOf<K>, "ask">,
    { signal }: CallContext,
  ): Promise<Answer<K>> => {
    const question = checkedQuestion<K>(store, { ...query, ask } as unknown as AskedOf<K>);
    return question.ok
      ? ok(await readings.background[ask](question.value, { signal: signal as AbortSignal }))
      : question;
  };

  return {
    "data.latest": ({ channelIds }) => {
      const missing = channelIds.find((id) => findReadableChannel(store, id) === null);
      return missing === undefined ? ok(readings.latest(channelIds)) : err(channelNotFound(missing));
    },
    "data.range": (query) => {
      const question = checkedQuestion<"range">(store, { ...query, ask: "range" });
      if (!question.ok) throw new RpcError(question.error);
      return inTurns(readings.range(question.value));
    },
    "data.downsample": (query, context) => answer("downsample", query, context),
    "data.aggregate": (query, context) => answer("aggregate", query, context),
    "data.lines": (query, context) => answer("lines", query, context),
    "data.histogram": (query, context) => answer("histogram", query, context),
    "data.exceedance": async (query, context) => {
      const answered = await answer("exceedance", query, context);
      if (!answered.ok) return answered;
      const { share, episodes, ...counts } = answered.value;
      return ok({ ...counts, share: Number.isFinite(share) ? share : null, episodes: [...episodes] });
    },
    "data.profile": async (query, context) => {
      const timeZone = query.timeZone ?? store.settings.workspaceInfo().timeZone;
      const answered = await answer("profile", { ...query, timeZone }, context);
      return answered.ok ? ok({ timeZone, ...answered.value }) : answered;
    },
    "data.join": async (query, context) => {
      const answered = await answer("join", query, context);
      return answered.ok ? ok({ from: answered.value.from, mean: [...answered.value.mean] }) : answered;
    },
    "data.consumption": (query, context) => answer("consumption", query, context),
    "data.totals": (query, context) => answer("totals", query, context),
    "data.timeWeighted": (query, context) => answer("timeWeighted", query, context),
    "data.explain": (asked) => {
      const question = checkedQuestion(store, asked);
      if (!question.ok) return question;
      const { parts, ...plan } = readings.explain(question.value);
      return ok({ ...plan, parts: [...parts] });
    },
    "data.watchBuckets": (query, { signal }) => {
      if (findReadableChannel(store, query.channelId) === null) throw new RpcError(channelNotFound(query.channelId));
      ingest.start();
      return watchBuckets(store, query, signal as AbortSignal);
    },
  };
}
