import type { RecommendationSummary } from "@ecolocal/core/api";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { failureOf, useEngine } from "../../client/index.ts";
import { EmptyState, FailureNotice, type IconName, LinkButton, Page, Skeleton, Tabs } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import { IdeaCard } from "./idea-card.tsx";
import { ideasByList } from "./idea-lists.ts";
import css from "./ideas.module.css";
import { IDEA_LISTS, type IdeaList } from "./search.ts";

/** What the data suggests doing, what it cannot say yet, and what was turned down. */
export function IdeasPage() {
  const { t } = useText();
  const { data, error, refetch } = useEngine("recommendation.list", { includeDismissed: true });
  return (
    <Page title={t("ideas.title")} sub={<p>{t("ideas.sub")}</p>}>
      {data === undefined && !error && <Skeleton rows={3} height={96} />}
      {error && <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />}
      {data && <IdeaTabs ideas={data} />}
    </Page>
  );
}

function IdeaTabs({ ideas }: { readonly ideas: readonly RecommendationSummary[] }) {
  const { t } = useText();
  const { list } = useSearch({ from: "/ideas" });
  const navigate = useNavigate({ from: "/ideas" });
  const lists = ideasByList(ideas);
  const first = IDEA_LISTS.find((name) => lists[name].length > 0) ?? "suggested";
  return (
    <Tabs
      label={t("ideas.lists")}
      value={list ?? first}
      onChange={(next) => void navigate({ search: { list: next }, replace: true })}
      tabs={IDEA_LISTS.map((name) => ({
        id: name,
        label: t(`ideas.list.${name}`),
        count: lists[name].length,
        content: <IdeaListBody list={name} ideas={lists[name]} />,
      }))}
    />
  );
}

const EMPTY_ICONS: Readonly<Record<IdeaList, IconName>> = {
  suggested: "idea",
  "not-enough-data": "waiting",
  "cannot-judge": "help",
  dismissed: "ban",
};

function IdeaListBody({ list, ideas }: { readonly list: IdeaList; readonly ideas: readonly RecommendationSummary[] }) {
  const { t } = useText();
  if (ideas.length === 0) {
    return (
      <EmptyState icon={EMPTY_ICONS[list]} title={t(`ideas.empty.${list}.title`)} text={t(`ideas.empty.${list}.text`)}>
        {list === "suggested" && (
          <LinkButton to="/sensors" icon="sensor">
            {t("nav.sensors")}
          </LinkButton>
        )}
      </EmptyState>
    );
  }
  return (
    <>
      <p className={css["lead"]}>{t(`ideas.lead.${list}`)}</p>
      <ul className={css["cards"]}>
        {ideas.map((idea) => (
          <IdeaCard key={idea.id} idea={idea} />
        ))}
      </ul>
    </>
  );
}
