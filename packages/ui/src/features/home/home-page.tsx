import type { HomeOverview } from "@ecolocal/core/api";
import { failureOf, useEngine } from "../../client/index.ts";
import { EmptyState, FailureNotice, LinkButton, Page, Section, Skeleton } from "../../kit/index.ts";
import { sentenceText, useText } from "../../text/index.ts";
import { BandAnnouncer } from "./band-announcer.tsx";
import { ChannelCard } from "./channel-card.tsx";
import css from "./home.module.css";
import { ProjectsCard } from "./projects-card.tsx";
import { TopIdeaCard } from "./top-idea-card.tsx";

/** Today in one sentence, then the values, one idea, and what is under way. */
export function HomePage() {
  const { t, formatter } = useText();
  const { data, error, refetch } = useEngine("home.overview", {}, { keepPrevious: true });
  if (data === undefined) {
    return (
      <Page title={t("home.title")}>
        {error ? (
          <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />
        ) : (
          <Skeleton rows={2} height={170} />
        )}
      </Page>
    );
  }
  return (
    <Page
      title={sentenceText(data.headline, formatter)}
      sub={<p>{sentenceText(data.support, formatter)}</p>}
      windowTitle={t("home.title")}
    >
      {data.cards.length === 0 ? <NoSensors /> : <Now overview={data} />}
      <div className={css["lower"]}>
        <TopIdeaCard idea={data.topIdea} measuring={data.cards.length > 0} />
        <ProjectsCard />
      </div>
    </Page>
  );
}

function Now({ overview }: { readonly overview: HomeOverview }) {
  const { t } = useText();
  return (
    <Section title={t("home.now")}>
      <ul className={css["cards"]}>
        {overview.cards.map((card) => (
          <ChannelCard key={card.channelId} card={card} />
        ))}
      </ul>
      <BandAnnouncer cards={overview.cards} />
    </Section>
  );
}

function NoSensors() {
  const { t } = useText();
  return (
    <EmptyState icon="sensor" title={t("home.emptyTitle")} text={t("home.emptyText")}>
      <LinkButton to="/sensors" search={{ add: "device" }} look="primary" icon="plug">
        {t("sensors.add")}
      </LinkButton>
      <LinkButton to="/sensors" search={{ add: "simulated" }} icon="activity">
        {t("sensors.addSimulated")}
      </LinkButton>
    </EmptyState>
  );
}
