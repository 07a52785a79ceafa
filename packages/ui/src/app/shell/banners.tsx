import type { WorkspaceStatus } from "@ecolocal/core/api";
import { failureText } from "@ecolocal/messages";
import { useEffect, useRef, useState } from "react";
import { useEngine, useLinkState, useWorkspaceChange } from "../../client/index.ts";
import { Banner, Button, LinkButton } from "../../kit/index.ts";
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
  const unsaved = data?.unsavedBecause ? sentences(data.unsavedBecause) : undefined;
  const warning = data?.warning ? sentences(data.warning) : undefined;
  return (
    <>
      {cutOff && (
        <Banner tone="warn" icon="lost">
          {cutOff === "first" ? t("banner.connecting") : t("banner.cutOff")}
        </Banner>
      )}
      {unsaved && (
        <Banner
          tone="danger"
          icon="error"
          action={
            <LinkButton to="/settings" size="s">
              {t("banner.where")}
            </LinkButton>
          }
        >
          {t("banner.warning", { what: unsaved.what, todo: unsaved.todo })}
        </Banner>
      )}
      {data?.mode === "read-only" && (
        <Banner tone="danger" icon="blocked" action={<ReadOnlyAction status={data} />}>
          {reason ? t("banner.readOnlyBecause", { what: reason.what, todo: reason.todo }) : t("banner.readOnly")}
        </Banner>
      )}
      {warning && (
        <Banner tone="warn" action={<HelpLink code={data?.warning ?? ""} />}>
          {t("banner.warning", { what: warning.what, todo: warning.todo })}
        </Banner>
      )}
    </>
  );
}

/** The one way on from a workspace that can only be read. */
function ReadOnlyAction({ status }: { readonly status: WorkspaceStatus }) {
  const { t } = useText();
  const open = useWorkspaceChange("workspace.open");
  if (status.readOnlyBecause === "WORKSPACE_CORRUPT") {
    return (
      <LinkButton to="/welcome" search={{ begin: "restore" }} size="s" icon="reset">
        {t("welcome.restore.title")}
      </LinkButton>
    );
  }
  if (status.readOnlyBecause === "WORKSPACE_NEWER") return <HelpLink code={status.readOnlyBecause} />;
  return (
    <Button size="s" icon="refresh" isDisabled={open.isPending} onPress={() => open.mutate({ path: status.path })}>
      {t("failure.retry")}
    </Button>
  );
}

function HelpLink({ code }: { readonly code: string }) {
  const { t } = useText();
  return (
    <LinkButton to="/help" search={{ q: code }} size="s" icon="help">
      {t("banner.help")}
    </LinkButton>
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
