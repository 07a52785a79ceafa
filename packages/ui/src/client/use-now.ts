import { useEffect, useState } from "react";

/** The present moment, renewed every `everyMs`, for ages that count up on the screen. */
export function useNow(everyMs = 10_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const ticker = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(ticker);
  }, [everyMs]);
  return now;
}
