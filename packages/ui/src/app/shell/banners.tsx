import { failureText } from "@ecolocal/messages";
import { useEffect, useRef, useState } from "react";
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
          {cutOff === "first" ? t("banner.connecting") : t("banner.cutOff")}
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

/** Whether the engine is out of reach for longer than a moment: not reached yet, or lost. */
function useCutOff(): "first" | "lost" | undefined {
  const link = useLinkState();
  const open = link.kind === "open";
  const [late, setLate] = useState(false);
  const reached = useRef(false);
  if (open) reached.current = true;
  useEffect(() => {
    if (open) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), LOST_AFTER_MS);
    return () => clearTimeout(timer);
  }, [open]);
  if (open || !late) return undefined;
  return reached.current || link.kind === "lost" ? "lost" : "first";
}
