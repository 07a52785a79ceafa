import { useNavigate, useSearch } from "@tanstack/react-router";
import { useDeferredValue } from "react";
import { Card, EmptyState, Page, Prose, Section, TextField } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./help.module.css";
import { findTopics, HELP_TOPICS } from "./help-topics.ts";
import { findCodes, knownCodes } from "./known-codes.ts";

/** The offline manual: how things are done, and what every error code means. */
export function HelpPage() {
  const { t, formatter, ids } = useText();
  const { q = "" } = useSearch({ from: "/help" });
  const navigate = useNavigate({ from: "/help" });
  const query = useDeferredValue(q);
  const topics = findTopics(HELP_TOPICS, query, t);
  const codes = findCodes(knownCodes(ids, formatter), query);
  return (
    <Page title={t("help.title")} sub={<p>{t("help.sub")}</p>}>
      <div className={css["search"]}>
        <TextField
          type="search"
          label={t("help.search")}
          value={q}
          onChange={(next) => void navigate({ search: next === "" ? {} : { q: next }, replace: true })}
          placeholder={t("help.searchExample")}
        />
      </div>
      {topics.length === 0 && codes.length === 0 && (
        <EmptyState icon="search" title={t("help.nothing")} text={t("help.nothingText")} />
      )}
      {topics.length > 0 && (
        <Section title={t("help.howTo")}>
          <div className={css["topics"]}>
            {topics.map((topic) => (
              <Card key={topic}>
                <h3>{t(`help.topic.${topic}.title`)}</h3>
                <p className={css["text"]}>
                  <Prose text={t(`help.topic.${topic}.text`)} />
                </p>
              </Card>
            ))}
          </div>
        </Section>
      )}
      {codes.length > 0 && (
        <Section title={t("help.codes")} note={t("help.codesNote")}>
          <details className={css["all"]} open={query !== ""}>
            <summary>{t("help.allCodes", { count: codes.length })}</summary>
            <ul className={css["codes"]}>
              {codes.map(({ code, what, todo }) => (
                <li key={code}>
                  <details>
                    <summary>
                      <code>{code}</code>
                      <span>{what}</span>
                    </summary>
                    <p>
                      <Prose text={todo} />
                    </p>
                  </details>
                </li>
              ))}
            </ul>
          </details>
        </Section>
      )}
    </Page>
  );
}
