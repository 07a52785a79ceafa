import type { HostContract, QueryPlanView } from "@ecolocal/core/api";
import type { In } from "@ecolocal/core/api/rpc";
import { useState } from "react";
import { failureOf, useEngine } from "../../client/index.ts";
import { Button, Dialog, FailureNotice, Skeleton } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./data.module.css";

type Question = In<HostContract, "data.explain">;

/** A question that a chart asked, and the name of the values it is about. */
export interface AskedQuestion {
  readonly name: string;
  readonly query: Question;
}

interface HowComputedProps {
  /** At least one, all of one kind. */
  readonly questions: readonly AskedQuestion[];
}

/** The button behind a chart that says how its numbers came about and what they rest on. */
export function HowComputed({ questions }: HowComputedProps) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const [first] = questions;
  if (first === undefined) return null;
  return (
    <>
      <Button size="s" look="quiet" icon="info" onPress={() => setOpen(true)}>
        {t("computed.title")}
      </Button>
      {open && (
        <Dialog open onClose={() => setOpen(false)} title={t("computed.title")}>
          <div className={css["computed"]}>
            <p>{t(`computed.ask.${first.query.ask}`)}</p>
            <p>{t("computed.usable")}</p>
            {questions.map((question) => (
              <Plan key={question.name} {...question} />
            ))}
          </div>
        </Dialog>
      )}
    </>
  );
}

function Plan({ name, query }: AskedQuestion) {
  const { t } = useText();
  const { data, error } = useEngine("data.explain", query);
  return (
    <section>
      <h3>{name}</h3>
      {error && <FailureNotice failure={failureOf(error)} />}
      {!(data || error) && <Skeleton rows={1} height={40} />}
      {data?.parts.length === 0 && <p>{t("data.nothingMeasured")}</p>}
      {data && data.parts.length > 0 && <Parts parts={data.parts} />}
    </section>
  );
}

/** What the store calls the places where its answers come from. */
const SOURCES: Readonly<Record<string, string>> = {
  "day rollups": "days",
  "hour rollups": "hours",
  blocks: "readings",
  "blocks and changes": "changes",
  unsealed: "newest",
};
const SHOWN_PARTS = 12;

function Parts({ parts }: Pick<QueryPlanView, "parts">) {
  const { t, formats } = useText();
  return (
    <ul className={css["parts"]}>
      {parts.slice(0, SHOWN_PARTS).map(({ source, from, to, readings }) => (
        <li key={`${source} ${from}`}>
          {t(`computed.source.${SOURCES[source] ?? "readings"}`, {
            from: formats.dateTime(from),
            to: formats.dateTime(to),
            readings,
          })}
        </li>
      ))}
      {parts.length > SHOWN_PARTS && <li>{t("computed.more", { count: parts.length - SHOWN_PARTS })}</li>}
    </ul>
  );
}
