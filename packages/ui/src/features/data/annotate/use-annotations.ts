import type { AnnotationView, ChannelView, HostContract } from "@ecolocal/core/api";
import type { In } from "@ecolocal/core/api/rpc";
import type { Ulid } from "@ecolocal/core/shared";
import { useMutation, useQueries, useQueryClient } from "@tanstack/react-query";
import { useClient } from "../../../client/index.ts";
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
  const client = useClient();
  const queries = useQueryClient();
  // The change stream lets charts wait; what the reader did is shown at once, also when it is undone elsewhere.
  const onSuccess = () =>
    void queries.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith("data.") });
  const add = useMutation({
    mutationFn: (input: In<HostContract, "data.annotate">) => client.call("data.annotate", input),
    onSuccess,
  });
  const change = useMutation({
    mutationFn: (input: In<HostContract, "data.undoAnnotation">) => client.call("data.undoAnnotation", input),
    onSuccess,
  });
  const set = (annotationId: Ulid, restore: boolean) => change.mutate({ annotationId, restore });
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
            offer(t(holds ? "correct.appliedAgain" : "correct.takenBack"), annotationId, holds);
          },
        },
      );
    },
  };
}
