import type { HomeOverview } from "@ecolocal/core/api";
import { useState } from "react";
import { failureOf, useEngine } from "../../client/index.ts";
import { Button, EmptyState, FailureNotice, LinkButton, Page, Section, Skeleton } from "../../kit/index.ts";
import { sentenceText, useText } from "../../text/index.ts";
import { BandAnnouncer } from "./band-announcer.tsx";
import { CARDS_AT_FIRST, orderCards } from "./card-model.ts";
import { ChannelCard } from "./channel-card.tsx";
import css from "./home.module.css";
import { ProjectsCard } from "./projects-card.tsx";
import { TopIdeaCard } from "./top-idea-card.tsx";

/** Today in one sentence, then the values, one idea, and what is under way. */
export function HomePage() {
  const text = useText();
  const { t } = text;
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
      title={sentenceText(data.headline, text)}
      sub={<p>{sentenceText(data.support, text)}</p>}
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
  const [all, setAll] = useState(false);
  const { data: channels } = useEngine("channel.list", {});
  const cards = orderCards(overview.cards);
  const more = cards.length > CARDS_AT_FIRST;
  return (
    <Section
      title={t("home.now")}
      actions={
        <>
          {more && (
            <Button size="s" look="quiet" onPress={() => setAll(!all)}>
              {all ? t("home.fewer") : t("home.showAll", { count: cards.length })}
            </Button>
          )}
          <LinkButton to="/wall" size="s" look="quiet" icon="computer">
            {t("wall.title")}
          </LinkButton>
        </>
      }
    >
      <ul className={css["cards"]}>
        {(all ? cards : cards.slice(0, CARDS_AT_FIRST)).map((card) => (
          <ChannelCard
            key={card.channelId}
            card={card}
            channelKey={channels?.find(({ id }) => id === card.channelId)?.key ?? ""}
          />
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
