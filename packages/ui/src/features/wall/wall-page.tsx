import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { failureOf, useEngine, useNow } from "../../client/index.ts";
import { Button, Chip, EmptyState, FailureNotice, LinkButton, Page, Skeleton } from "../../kit/index.ts";
import { sentenceText, useText } from "../../text/index.ts";
import { orderCards } from "../home/card-model.ts";
import { CARDS_AT_ONCE, cardsOfTurn, TURN_MS } from "./rotation.ts";
import { useWakeLock } from "./use-wake-lock.ts";
import css from "./wall.module.css";
import { WallCard } from "./wall-card.tsx";

/** Values for a screen on a wall: large, in turn, without anybody at it; Escape leads back. */
export function WallPage() {
  const text = useText();
  const { t, formats } = text;
  const { data, error, refetch } = useEngine("home.overview", {}, { keepPrevious: true });
  const { data: status } = useEngine("workspace.status", {});
  const { turn, isPaused, setPaused } = useTurns();
  const now = useNow(1_000);
  useWakeLock();
  useLeaveWithEscape();
  if (data === undefined)
    return error ? <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} /> : <Skeleton />;
  const cards = orderCards(data.cards);
  return (
    <div className={css["wall"]}>
      <Page
        title={sentenceText(data.headline, text)}
        windowTitle={t("wall.title")}
        chips={status?.kind === "demo" && <Chip tone="demo">{t("demo.badge")}</Chip>}
      >
        {cards.length === 0 ? (
          <EmptyState icon="sensor" title={t("home.emptyTitle")} text={t("home.emptyText")} />
        ) : (
          <ul className={css["cards"]}>
            {cardsOfTurn(cards, turn).map((card) => (
              <WallCard key={card.channelId} card={card} />
            ))}
          </ul>
        )}
      </Page>
      <footer className={css["foot"]}>
        <span className={css["clock"]}>{formats.time(now)}</span>
        {cards.length > CARDS_AT_ONCE && (
          <Button look="quiet" onPress={() => setPaused(!isPaused)}>
            {t(isPaused ? "wall.goOn" : "wall.pause")}
          </Button>
        )}
        <LinkButton to="/" look="quiet" icon="close">
          {t("wall.leave")}
        </LinkButton>
      </footer>
    </div>
  );
}

function useTurns() {
  const [turn, setTurn] = useState(0);
  const [isPaused, setPaused] = useState(false);
  useEffect(() => {
    if (isPaused) return;
    const ticker = setInterval(() => setTurn((count) => count + 1), TURN_MS);
    return () => clearInterval(ticker);
  }, [isPaused]);
  return { turn, isPaused, setPaused };
}

function useLeaveWithEscape(): void {
  const navigate = useNavigate();
  useEffect(() => {
    const leave = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !event.defaultPrevented) void navigate({ to: "/" });
    };
    window.addEventListener("keydown", leave);
    return () => window.removeEventListener("keydown", leave);
  }, [navigate]);
}
