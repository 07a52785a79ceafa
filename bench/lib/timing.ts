/** Time that one run took, milliseconds. */
export interface Cost {
  readonly wallMs: number;
  readonly cpuMs: number;
}

/** One way to do a task; `inner` runs are timed together, for tasks shorter than the clock can tell. */
export interface Contender {
  readonly name: string;
  readonly inner?: number;
  run(): unknown;
}

/** Runs all contenders in turn, `rounds` times after one warm-up, and returns the median cost of each by name. */
export async function interleaved(contenders: readonly Contender[], rounds: number): Promise<Map<string, Cost>> {
  const costs = new Map<string, Cost[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round <= rounds; round++) {
    for (const contender of contenders) {
      const cost = await timed(contender);
      if (round > 0) {
        costs.get(contender.name)?.push(cost);
      }
    }
  }
  return new Map([...costs].map(([name, list]) => [name, medianCost(list)]));
}

async function timed({ run, inner = 1 }: Contender): Promise<Cost> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  for (let i = 0; i < inner; i++) {
    await run();
  }
  const wallMs = (performance.now() - start) / inner;
  const used = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (used.user + used.system) / 1000 / inner };
}

/** Times one run of something that cannot be repeated. */
export async function once(run: () => unknown): Promise<Cost> {
  return timed({ name: "", run });
}

function medianCost(costs: readonly Cost[]): Cost {
  return { wallMs: median(costs.map((cost) => cost.wallMs)), cpuMs: median(costs.map((cost) => cost.cpuMs)) };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
