import { useEffect } from "react";

/** Keeps the screen on while it is shown, where the browser can; it is asked for again after the page was hidden. */
export function useWakeLock(): void {
  useEffect(() => {
    let held: WakeLockSentinel | undefined;
    let left = false;
    const hold = async (): Promise<void> => {
      if (document.visibilityState !== "visible" || !("wakeLock" in navigator)) return;
      try {
        const lock = await navigator.wakeLock.request("screen");
        if (left) await lock.release();
        else held = lock;
      } catch {
        // Refused to save power: the screen then dims as the computer is set up.
      }
    };
    const again = (): void => void hold();
    again();
    document.addEventListener("visibilitychange", again);
    return () => {
      left = true;
      document.removeEventListener("visibilitychange", again);
      void held?.release();
    };
  }, []);
}
