import { useCallback, useEffect, useState } from "react";
import { type OpenArea, openArea } from "./area-source.ts";
import { keepArea, type MapArea, readArea } from "./area-store.ts";

/** The map area of this window: what is drawn, why it could not be, and how to change it. */
export interface AreaState {
  readonly open: OpenArea | null;
  readonly failed: boolean;
  choose(file: File): void;
  forget(): void;
}

export function useArea(): AreaState {
  const [open, setOpen] = useState<OpenArea | null>(null);
  const [failed, setFailed] = useState(false);
  const show = useCallback(async (area: MapArea | null, keep: boolean): Promise<void> => {
    try {
      setOpen(area === null ? null : await openArea(area));
      setFailed(false);
      if (keep) await keepArea(area);
    } catch {
      setFailed(true);
    }
  }, []);
  useEffect(() => {
    void readArea()
      .catch(() => null)
      .then((area) => show(area, false));
  }, [show]);
  return {
    open,
    failed,
    choose: (file) => void show({ name: file.name, file }, true),
    forget: () => void show(null, true),
  };
}
