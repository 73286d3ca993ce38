/** How busy the machine is with other things. */
import { cpus } from 'node:os';

/** Gives a function of the processor's time that ours took since, in seconds, to the others' share, 0 … 1. */
export function createLoadMeter(): (oursSeconds: number) => number {
  const begin = total();
  return (oursSeconds) => {
    const end = total();
    const [busy, whole] = [end.busy - begin.busy, end.whole - begin.whole];
    // The system counts in ticks of about 10 ms, so a short turn may come out slightly negative.
    return whole === 0 ? 0 : Math.min(1, Math.max(0, (busy - 1000 * oursSeconds) / whole));
  };
}

/** Over all processors since the system's start, in milliseconds. */
function total(): { busy: number; whole: number } {
  let [busy, whole] = [0, 0];
  for (const { times } of cpus()) {
    busy += times.user + times.nice + times.sys + times.irq;
    whole += times.user + times.nice + times.sys + times.irq + times.idle;
  }
  return { busy, whole };
}
