import type { RecommendationSummary } from "@ecolocal/core/api";
import type { IdeaList } from "./search.ts";

/** In which list an idea is shown; ideas that are not needed are shown in none. */
export function listOf(idea: RecommendationSummary): IdeaList | null {
  const kind = idea.feedback?.kind;
  if (kind === "dismissed" || kind === "wrong") return "dismissed";
  return idea.status === "not-needed" ? null : idea.status;
}

/** Ideas of every list, best supported first. */
export function ideasByList(
  ideas: readonly RecommendationSummary[],
): Readonly<Record<IdeaList, readonly RecommendationSummary[]>> {
  const sorted = [...ideas].sort((a, b) => b.score - a.score || a.title.localeCompare(b.title));
  const of = (list: IdeaList) => sorted.filter((idea) => listOf(idea) === list);
  return {
    suggested: of("suggested"),
    "not-enough-data": of("not-enough-data"),
    "cannot-judge": of("cannot-judge"),
    dismissed: of("dismissed"),
  };
}
