import type { AppliedCorrection } from "@ecolocal/core/api";
import type { Failure } from "@ecolocal/core/shared";
import { failureOf, useEngineAction } from "../../../client/index.ts";
import { showToast } from "../../../kit/index.ts";
import { useText } from "../../../text/index.ts";

interface ApplyCorrection {
  readonly pending: boolean;
  readonly failure: Failure | null;
  readonly apply: (
    channelId: string,
    correction: AppliedCorrection["correction"],
    options?: { readonly expiresAt?: number; readonly acceptUnvalidated?: boolean },
  ) => void;
}

/** Makes a corrected channel beside the raw one; it can be stopped again. */
export function useApply(): ApplyCorrection {
  const { t } = useText();
  const action = useEngineAction("calibration.apply");
  const remove = useEngineAction("calibration.remove");
  return {
    pending: action.isPending,
    failure: action.isError ? failureOf(action.error) : null,
    apply(channelId, correction, { expiresAt, acceptUnvalidated = false } = {}) {
      action.mutate(
        { channelId, correction, acceptUnvalidated, expiresAt: expiresAt ?? null },
        {
          onSuccess: (applied) =>
            showToast({
              text: t("calibration.applied"),
              undo: () => remove.mutate({ channelId: applied.channelId }),
            }),
        },
      );
    },
  };
}
