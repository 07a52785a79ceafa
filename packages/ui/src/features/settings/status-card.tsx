import type { WorkspaceStatus } from "@ecolocal/core/api";
import type { ReactNode } from "react";
import { failureOf, useEngine } from "../../client/index.ts";
import { Card, FailureNotice, Skeleton } from "../../kit/index.ts";
import css from "./settings.module.css";

interface StatusCardProps {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  /** The form, made anew for another workspace. */
  readonly children: (status: WorkspaceStatus) => ReactNode;
}

/** A card of settings that belong to the workspace. */
export function StatusCard({ id, title, note, children }: StatusCardProps) {
  const { data, error, refetch } = useEngine("workspace.status", {});
  if (error) return <FailureNotice failure={failureOf(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <Skeleton rows={1} height={220} />;
  return (
    <Card labelledBy={id}>
      <h2 id={id}>{title}</h2>
      <p className={css["note"]}>{note}</p>
      {children(data)}
    </Card>
  );
}
