import type { RecommendationView } from "@ecolocal/core/api";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { failureOf, useEngine } from "../../client/index.ts";
import {
  CatalogueText,
  Chip,
  Dots,
  englishAttributes,
  LinkButton,
  Page,
  PendingPage,
  Tabs,
  type Tone,
} from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import type { Assumptions } from "./assumption-model.ts";
import { AssumptionsTab } from "./assumptions-tab.tsx";
import { ChangeTab } from "./change-tab.tsx";
import { EvidenceTab } from "./evidence-tab.tsx";
import css from "./ideas.module.css";
import { ImpactCard } from "./impact-card.tsx";
import { IDEA_TABS, type IdeaTab } from "./search.ts";
import { WhyTab } from "./why-tab.tsx";

/** One idea: its evidence first, then why, what is assumed, and what would change our mind. */
export function IdeaPage() {
  const { t, prose, formatter } = useText();
  const { ideaId } = useParams({ from: "/ideas/$ideaId" });
  const [assumptions, setAssumptions] = useState<Assumptions>({});
  const changed = Object.keys(assumptions).length > 0;
  const { data, error, refetch, isPlaceholderData } = useEngine(
    "recommendation.get",
    changed ? { id: ideaId, assumptions } : { id: ideaId },
    { keepPrevious: true },
  );
  const crumbs = <Link to="/ideas">{t("ideas.title")}</Link>;
  if (data === undefined || data.id !== ideaId) {
    return (
      <PendingPage
        title={t("idea.title")}
        crumbs={crumbs}
        failure={error ? failureOf(error) : null}
        onRetry={() => void refetch()}
      >
        <LinkButton to="/ideas" size="s">
          {t("home.allIdeas")}
        </LinkButton>
      </PendingPage>
    );
  }
  return (
    <Page
      title={prose(data.title)}
      crumbs={
        <>
          {crumbs} {t("crumb.separator")} {t(`category.${data.category}`)}
        </>
      }
      titleAttributes={englishAttributes(formatter.locale)}
      sub={
        <p>
          <CatalogueText text={data.summary} />
        </p>
      }
      chips={<IdeaChips idea={data} />}
    >
      <div className={css["columns"]}>
        <IdeaTabs idea={data} assumptions={assumptions} onAssumptions={setAssumptions} />
        <ImpactCard idea={data} recomputing={isPlaceholderData} changed={changed} />
      </div>
    </Page>
  );
}

const STATUS_TONES: Readonly<Record<RecommendationView["status"], Tone>> = {
  suggested: "good",
  "not-enough-data": "fair",
  "cannot-judge": "plain",
  "not-needed": "plain",
};

function IdeaChips({ idea }: { readonly idea: RecommendationView }) {
  const { t, formats } = useText();
  return (
    <>
      <Chip tone={STATUS_TONES[idea.status]} icon={idea.status === "suggested" ? "done" : "waiting"}>
        {t(`recommendationStatus.${idea.status}`)}
      </Chip>
      <Chip>{t("idea.confidence", { level: t(`confidence.${idea.confidence}`) })}</Chip>
      <Chip>
        {t("idea.effort")} <Dots value={idea.effort} max={3} label={t(`effort.${idea.effort}`)} />
      </Chip>
      <Chip>{formats.moneyRange(idea.cost.lo, idea.cost.hi, idea.cost.currency)}</Chip>
      <Chip>{t("idea.hours", { range: formats.range(idea.hours.lo, idea.hours.hi) })}</Chip>
    </>
  );
}

interface IdeaTabsProps {
  readonly idea: RecommendationView;
  readonly assumptions: Assumptions;
  readonly onAssumptions: (assumptions: Assumptions) => void;
}

function IdeaTabs({ idea, assumptions, onAssumptions }: IdeaTabsProps) {
  const { t } = useText();
  const { tab = "evidence" } = useSearch({ from: "/ideas/$ideaId" });
  const navigate = useNavigate({ from: "/ideas/$ideaId" });
  const content: Readonly<Record<IdeaTab, React.ReactNode>> = {
    evidence: <EvidenceTab idea={idea} />,
    why: <WhyTab idea={idea} />,
    assumptions: <AssumptionsTab idea={idea} changed={assumptions} onChange={onAssumptions} />,
    change: <ChangeTab idea={idea} />,
  };
  return (
    <Tabs
      label={t("idea.tabs")}
      value={tab}
      onChange={(next) => void navigate({ search: { tab: next }, replace: true })}
      tabs={IDEA_TABS.map((id) => ({ id, label: t(`idea.tab.${id}`), content: content[id] }))}
    />
  );
}
