import type { AnnotationView, ChannelView } from "@ecolocal/core/api";
import type { Ulid } from "@ecolocal/core/shared";
import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useClient, useEngineAction } from "../../../client/index.ts";
import { showToast } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";
import type { Stretch } from "./stretch.ts";

/** Corrections and exclusions of channels, those taken back included, oldest first. */
export function useAnnotations(channels: readonly ChannelView[]): readonly AnnotationView[] {
  const client = useClient();
  return useQueries({
    queries: channels.map(({ id }) => ({
      queryKey: ["data.annotations", { channelId: id }],
      queryFn: ({ signal }: { signal: AbortSignal }) => client.call("data.annotations", { channelId: id }, { signal }),
    })),
    combine: (answers) => answers.flatMap(({ data }) => data ?? []),
  });
}

/** Corrects a stretch, takes that back and makes it hold again; each says what it did and can be undone. */
export function useAnnotate(): {
  readonly pending: boolean;
  readonly error: Error | null;
  readonly annotate: (channelId: Ulid, stretch: Stretch, done: () => void) => void;
  readonly setHolds: (annotationId: Ulid, holds: boolean) => void;
} {
  const { t } = useText();
  const queries = useQueryClient();
  const add = useEngineAction("data.annotate");
  const change = useEngineAction("data.undoAnnotation");
  // The change stream lets charts wait; what the reader did himself is shown at once.
  const onSuccess = () =>
    void queries.invalidateQueries({ predicate: ({ queryKey }) => /^data\./.test(String(queryKey[0])) });
  const set = (annotationId: Ulid, holds: boolean) => change.mutate({ annotationId, restore: holds }, { onSuccess });
  const offer = (text: string, annotationId: Ulid, holds: boolean) =>
    showToast({ text, undo: () => set(annotationId, !holds), redo: () => set(annotationId, holds) });
  return {
    pending: add.isPending || change.isPending,
    error: add.error ?? change.error,
    annotate(channelId, { from, to, kind, factor, offset, reason }, done) {
      if (from === null || to === null) return;
      const how = kind === "adjust" ? { factor, offset } : {};
      add.mutate(
        { channelId, from, to, kind, ...how, reason: reason.trim() },
        {
          onSuccess({ id }) {
            onSuccess();
            offer(t(`correct.done.${kind}`), id, true);
            done();
          },
        },
      );
    },
    setHolds(annotationId, holds) {
      change.mutate(
        { annotationId, restore: holds },
        {
          onSuccess() {
            onSuccess();
            offer(t(holds ? "correct.appliedAgain" : "correct.takenBack"), annotationId, holds);
          },
        },
      );
    },
  };
}
