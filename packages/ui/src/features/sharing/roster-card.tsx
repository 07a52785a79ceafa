import { type ReactNode, useId } from "react";
import { failureOf } from "../../client/index.ts";
import { Card, FailureNotice, Skeleton } from "../../kit/index.ts";
import css from "./sharing.module.css";

interface RosterCardProps<Entry> {
  readonly title: string;
  readonly list: {
    readonly data: readonly Entry[] | undefined;
    readonly error: Error | null;
    refetch(): Promise<unknown>;
  };
  readonly action?: ReactNode;
  readonly children: (entries: readonly Entry[]) => ReactNode;
}

/** A list of the server in its card; where the server cannot be asked, the last answer stays below the reason. */
export function RosterCard<Entry>({ title, list, action, children }: RosterCardProps<Entry>) {
  const id = useId();
  return (
    <Card labelledBy={id}>
      <div className={css["head"]}>
        <h2 id={id}>{title}</h2>
        {action}
      </div>
      {list.error && <FailureNotice failure={failureOf(list.error)} onRetry={() => void list.refetch()} />}
      {list.data === undefined ? !list.error && <Skeleton rows={1} /> : children(list.data)}
    </Card>
  );
}
