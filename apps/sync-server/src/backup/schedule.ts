/** Backups at a regular distance, one at a time. */
export interface BackupSchedule {
  stop(): void;
}

/** Runs `work` when the last run is `everyMs` old, looking every minute: a machine that slept catches up when it wakes. */
export function scheduleBackups(options: {
  readonly everyMs: number;
  readonly lastAt: () => number;
  readonly now: () => number;
  readonly work: () => Promise<unknown>;
}): BackupSchedule {
  let running = false;
  const look = (): void => {
    if (running || options.now() - options.lastAt() < options.everyMs) return;
    running = true;
    void options.work().finally(() => {
      running = false;
    });
  };
  const timer = setInterval(look, Math.min(60_000, options.everyMs));
  timer.unref();
  look();
  return { stop: () => clearInterval(timer) };
}
