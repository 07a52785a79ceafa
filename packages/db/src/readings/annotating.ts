import type { ReadingStoreFailure } from "@ecolocal/core/series";
import { err, type Failure, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { Annotation, NewAnnotation } from "./annotations.ts";
import type { ReadingsContext } from "./context.ts";
import { guarded } from "./failure.ts";

export type AnnotationFailure =
  | Failure<"READINGS_CHANNEL_UNKNOWN" | "READINGS_ANNOTATION_UNKNOWN">
  | ReadingStoreFailure;

/** Corrections and exclusions over raw readings that never change; all of them can be undone and restored. */
export interface Annotating {
  annotate(annotation: NewAnnotation): Result<Annotation, AnnotationFailure>;
  undoAnnotation(id: Ulid): Result<void, AnnotationFailure>;
  restoreAnnotation(id: Ulid): Result<void, AnnotationFailure>;
  /** All annotations of a channel, undone ones included, oldest first. */
  annotations(channelId: Ulid): Annotation[];
}

export function createAnnotating(context: ReadingsContext): Annotating {
  /** Changes annotations and marks what is derived from the readings they are about, or neither. */
  const changing = <T>(subject: Ulid, change: () => T): Result<T, ReadingStoreFailure> => {
    const both = context.db.transaction(() => {
      const value = change();
      context.mark();
      return value;
    });
    const result = guarded("readings.annotate", subject, () => both.immediate());
    context.changes.settle(result.ok);
    return result;
  };
  const setUndone = (id: Ulid, undoneAt: number | null): Result<void, AnnotationFailure> => {
    const result = changing(id, () => {
      const annotation = context.annotations.setUndone(id, undoneAt);
      const series = annotation && context.registry.byId(annotation.series);
      if (annotation && series) {
        context.changes.note(series.channelId, annotation.from, annotation.to);
      }
      return annotation;
    });
    if (!result.ok) {
      return result;
    }
    return result.value ? ok(undefined) : err(unknownAnnotation(id));
  };
  return {
    annotate(annotation) {
      const series = context.find(annotation.channelId);
      if (!series) {
        return err(unknownChannel(annotation.channelId));
      }
      const now = context.clock.now();
      const result = changing(annotation.channelId, () => {
        context.annotations.add(series.id, annotation, now);
        context.changes.note(annotation.channelId, annotation.from, annotation.to);
      });
      const { factor = 1, offset = 0 } = annotation;
      return result.ok ? ok({ ...annotation, factor, offset, createdAt: now, undoneAt: null }) : result;
    },
    undoAnnotation: (id) => setUndone(id, context.clock.now()),
    restoreAnnotation: (id) => setUndone(id, null),
    annotations(channelId) {
      const series = context.find(channelId);
      return series ? context.annotations.list(series.id, channelId) : [];
    },
  };
}

export function unknownChannel(channelId: Ulid): Failure<"READINGS_CHANNEL_UNKNOWN"> {
  return {
    code: "READINGS_CHANNEL_UNKNOWN",
    op: "readings.annotate",
    subject: channelId,
    detail: "No channel of this id is known to the readings store.",
    retry: "never",
  };
}

function unknownAnnotation(id: Ulid): Failure<"READINGS_ANNOTATION_UNKNOWN"> {
  return {
    code: "READINGS_ANNOTATION_UNKNOWN",
    op: "readings.annotate",
    subject: id,
    detail: "There is no correction or exclusion of this id.",
    retry: "never",
  };
}
