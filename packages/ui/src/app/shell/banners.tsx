import { failureText } from "@ecolocal/messages";
import { useEffect, useState } from "react";
import { useEngine, useLinkState } from "../../client/index.ts";
import { Banner } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";

/** A short drop-out is not worth a word. */
const LOST_AFTER_MS = 1_200;

/** What stays true of the whole window: cut off, read-only, or in a risky folder. */
export function Banners() {
  const { t, formatter } = useText();
  const { data } = useEngine("workspace.status", {});
  const cutOff = useCutOff();
  const sentences = (code: string) =>
    failureText({ code, op: "open", subject: data?.path ?? "", detail: "", retry: "never" }, formatter);
  const reason = data?.mode === "read-only" && data.readOnlyBecause ? sentences(data.readOnlyBecause) : undefined;
  const warning = data?.warning ? sentences(data.warning) : undefined;
  return (
    <>
      {cutOff && (
        <Banner tone="warn" icon="lost">
          {t("banner.cutOff")}
        </Banner>
      )}
      {data?.mode === "read-only" && (
        <Banner tone="danger" icon="blocked">
          {reason ? t("banner.readOnlyBecause", { what: reason.what, todo: reason.todo }) : t("banner.readOnly")}
        </Banner>
      )}
      {warning && <Banner tone="warn">{t("banner.warning", { what: warning.what, todo: warning.todo })}</Banner>}
    </>
  );
}

function useCutOff(): boolean {
  const link = useLinkState();
  const open = link.kind === "open";
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (open) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), LOST_AFTER_MS);
    return () => clearTimeout(timer);
  }, [open]);
  return !open && late;
}
