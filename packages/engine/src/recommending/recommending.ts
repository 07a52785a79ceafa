import { estimateImpact } from "@ecolocal/core/impact";
import { type Knowledge, loadKnowledge } from "@ecolocal/core/knowledge";
import { templateToPlan } from "@ecolocal/core/planning";
import type { MetricState, Recommendation } from "@ecolocal/core/recommendation";
import { err, type Failure, MINUTE_MS, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { Projects } from "../projects/index.ts";
import { readCircumstances, type Store } from "../store/index.ts";
import { evaluateCatalogue, metricStates } from "./evaluate.ts";

/** Uncertain inputs that somebody replaced, by name. */
export type Overrides = Readonly<Record<string, { readonly lo: number; readonly likely: number; readonly hi: number }>>;

/** The recommendations of a workspace: evaluated when something changed, remembered otherwise. */
export interface Recommending {
  readonly knowledge: Knowledge;
  /** Best first. */
  list(): Result<readonly Recommendation[], Failure>;
  find(id: string, overrides?: Overrides): Result<Recommendation, Failure>;
  /** Starts a project from a recommendation and remembers the answer, both or neither. */
  accept(
    id: string,
    projects: Projects,
    choice: { readonly title?: string | undefined; readonly units?: number | undefined },
  ): Result<Ulid, Failure>;
  answer(id: string, action: "dismissed" | "wrong" | "reconsidered", reason: string): Result<void, Failure>;
  metrics(): readonly MetricState[];
  /** Evaluates again if anything may have changed, and tells everyone when the outcome did. */
  refresh(): void;
}

/** Live readings move verdicts of whole days slowly. */
const HOLDS_MS = 10 * MINUTE_MS;

export function createRecommending(store: Store, knowledge: Knowledge = loadKnowledge()): Recommending {
  let held: { readonly at: number; readonly list: readonly Recommendation[] } | undefined;
  store.changes.onNotify((topics) => {
    if (topics.some((topic) => topic === "sensors" || topic === "metrics" || topic === "workspace")) held = undefined;
  });

  const list = (): Result<readonly Recommendation[], Failure> => {
    const now = store.clock.now();
    if (held && now >= held.at && now - held.at < HOLDS_MS) return ok(held.list);
    const evaluated = evaluateCatalogue(store, knowledge);
    if (evaluated.ok) held = { at: now, list: evaluated.value };
    return evaluated;
  };

  const find: Recommending["find"] = (id, overrides) => {
    const all = list();
    if (!all.ok) return all;
    const found = all.value.find((recommendation) => recommendation.id === id);
    if (!found) return err(recommendationNotFound(id));
    return overrides ? withImpact(store, knowledge, found, { overrides }) : ok(found);
  };

  return {
    knowledge,
    list,
    find,
    metrics: () => metricStates(store, knowledge),
    accept(id, projects, { title, units }) {
      const found = find(id);
      const project = knowledge.projectType(id);
      if (!found.ok) return found;
      if (!project) return err(recommendationNotFound(id));
      const size = units ?? found.value.units;
      const sized = size === found.value.units ? found : withImpact(store, knowledge, found.value, { units: size });
      if (!sized.ok) return sized;
      const { why, evidence, impact, catalogueVersion } = sized.value;
      const at = store.clock.now();
      const origin = { recommendationId: id, acceptedAt: at, catalogueVersion, bandSets: [], evidence, impact };
      const founding = { status: "active", why: why.text, origin, createdAt: at, ...(title ? { title } : {}) } as const;
      const started = projects.start(templateToPlan(project, size, knowledge), founding, (projectId) => {
        store.feedback.add({ recommendationId: id, action: "accepted", reason: "", at, projectId });
      });
      if (started.ok) store.changes.notify("recommendations");
      return started;
    },
    answer(id, action, reason) {
      const found = find(id);
      if (!found.ok) return found;
      const written = store.db.write("recommendation.answer", id, () =>
        store.feedback.add({ recommendationId: id, action, reason, at: store.clock.now(), projectId: null }),
      );
      if (written.ok) store.changes.notify("recommendations");
      return written;
    },
    refresh() {
      const before = held;
      if (before && store.clock.now() - before.at < HOLDS_MS) return;
      held = undefined;
      const after = list();
      if (after.ok && digest(after.value) !== digest(before?.list ?? [])) store.changes.notify("recommendations");
    },
  };
}

/** The same recommendation with its impact computed again for another size or other inputs. */
function withImpact(
  store: Store,
  knowledge: Knowledge,
  recommendation: Recommendation,
  change: { readonly units?: number; readonly overrides?: Overrides },
): Result<Recommendation, Failure> {
  const project = knowledge.projectType(recommendation.id);
  if (!project) return ok(recommendation);
  const { place } = readCircumstances(store.settings);
  const impact = estimateImpact(project, knowledge, {
    units: recommendation.units,
    seed: 1,
    ...change,
    ...(place === undefined ? {} : { place }),
  });
  return impact.ok
    ? ok({ ...recommendation, units: change.units ?? recommendation.units, impact: impact.value })
    : impact;
}

function digest(list: readonly Recommendation[]): string {
  return list.map(({ id, status, why }) => `${id} ${status} ${why.text}`).join("\n");
}

export function recommendationNotFound(id: string): Failure<"RECOMMENDATION_NOT_FOUND"> {
  return {
    code: "RECOMMENDATION_NOT_FOUND",
    op: "recommendation.find",
    subject: id,
    detail: "The catalogue has no such idea.",
    hint: "List the ideas with: ecolocal recommend list",
    retry: "never",
  };
}
