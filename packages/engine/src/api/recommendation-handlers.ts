import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { Recommending } from "../recommending/index.ts";
import type { HandlersOf, Services } from "./services.ts";

const loadViews = () => import("../recommending/index.ts");

export function recommendationHandlers(services: Services): HandlersOf<"recommendation"> {
  const { store } = services;
  const summary = async (recommending: Recommending, id: string) => {
    const { viewRecommendationSummary } = await loadViews();
    const found = recommending.find(id);
    return found.ok ? ok(viewRecommendationSummary(found.value, store.feedback.current(id))) : found;
  };
  const answer = async (id: string, action: "dismissed" | "wrong" | "reconsidered", reason: string) => {
    const recommending = await services.recommending();
    const answered = recommending.answer(id, action, reason);
    return answered.ok ? summary(recommending, id) : answered;
  };
  return {
    "recommendation.list": async ({ status, includeDismissed }) => {
      const recommending = await services.recommending();
      const { viewRecommendationSummary } = await loadViews();
      const list = recommending.list();
      if (!list.ok) return list;
      const feedback = new Map(store.feedback.currentOfAll().map((each) => [each.recommendationId, each]));
      const isHidden = (id: string): boolean => {
        const action = feedback.get(id)?.action;
        return !includeDismissed && (action === "dismissed" || action === "wrong");
      };
      return ok(
        list.value
          .filter((recommendation) => status?.includes(recommendation.status) ?? true)
          .filter(({ id }) => !isHidden(id))
          .map((recommendation) => viewRecommendationSummary(recommendation, feedback.get(recommendation.id) ?? null)),
      );
    },
    "recommendation.get": async ({ id, assumptions }) => {
      const recommending = await services.recommending();
      const { viewRecommendation } = await loadViews();
      const found = recommending.find(id, assumptions);
      if (!found.ok) return found;
      return ok(viewRecommendation(store, recommending.knowledge, found.value, store.feedback.current(id)));
    },
    "recommendation.accept": async ({ id, title, units }) => {
      const recommending = await services.recommending();
      const projects = await services.projects();
      if (!projects.ok) return projects;
      const { viewProject } = await import("../projects/index.ts");
      const started = recommending.accept(id, projects.value, { title, units });
      if (!started.ok) return started;
      const project = projects.value.rows.find(started.value);
      if (!project) throw new TypeError(`The project ${started.value} has no row after it was started.`);
      return ok(viewProject(projects.value.rows, project, store.settings.workspaceInfo().timeZone));
    },
    "recommendation.dismiss": ({ id, kind, reason }) => answer(id, kind, reason),
    "recommendation.reconsider": ({ id }) => answer(id, "reconsidered", ""),
  };
}

export function metricHandlers(services: Services): HandlersOf<"metric"> {
  const { store } = services;
  return {
    "metric.list": async () => {
      const recommending = await services.recommending();
      const { viewMetric } = await loadViews();
      return ok(recommending.metrics().map(viewMetric));
    },
    "metric.setManual": async ({ metricId, value }) => {
      const recommending = await services.recommending();
      const { metricKey, viewMetric } = await loadViews();
      const known = recommending.metrics().find((metric) => metricKey(metric) === metricId);
      if (!known) return err(metricNotFound(metricId));
      const checked = value === null ? ok(undefined) : await checkValue(recommending, known, value, store.clock.now());
      if (!checked.ok) return checked;
      const now = store.clock.now();
      const written = store.db.write("metric.setManual", metricId, () => {
        if (value === null) store.manualValues.clear(metricId);
        else store.manualValues.set({ metricId, value, unit: known.unit, observedAt: now, recordedAt: now });
      });
      if (!written.ok) return written;
      store.changes.notify("metrics", "recommendations");
      const state = recommending.metrics().find((metric) => metricKey(metric) === metricId) ?? known;
      return ok(viewMetric(state));
    },
  };
}

async function checkValue(
  { knowledge }: Recommending,
  metric: ReturnType<Recommending["metrics"]>[number],
  value: number,
  at: number,
): Promise<Result<unknown, Failure>> {
  const { checkManualValue } = await import("@ecolocal/core/recommendation");
  const { metricId, statistic, unit } = metric;
  return checkManualValue({ metricId, value, unit, at, ...(statistic === undefined ? {} : { statistic }) }, knowledge);
}

function metricNotFound(id: string): Failure<"METRIC_NOT_FOUND"> {
  return {
    code: "METRIC_NOT_FOUND",
    op: "metric.find",
    subject: id,
    detail: "The catalogue has no such metric.",
    retry: "never",
  };
}
