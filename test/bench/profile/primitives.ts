/**
 * Where the time of a graph goes: TensorFlow runs it out of our sight, but oneDNN, whose primitives do most of it, writes
 * a line for each when it is asked to.
 */
import { linesFromApart } from '../apart';
import { prepare } from '../computing';
import type { Request } from '../protocol';
import type { Profile } from './profile';
import { repeat } from './repeat';

const BEGIN = 'measured from here';

/** In the process that computes. @returns how many steps it took for so many milliseconds */
export function runForPrimitives(request: Omit<Request, 'steps'>): ReturnType<typeof repeat> {
  const step = prepare(request);
  repeat(step);
  process.stdout.write(`${BEGIN}\n`);
  return repeat(step);
}

/** @param job the one above */
export async function profilePrimitives(job: string, request: Omit<Request, 'steps'>): Promise<Profile> {
  const lines = await linesFromApart(job, { engine: 'tensorflow', argument: request }, { ONEDNN_VERBOSE: '1' });
  const { steps, milliseconds } = JSON.parse(lines.at(-1) as string) as ReturnType<typeof repeat>;
  const ofImage = (value: number): number => value / steps / request.batchSize;
  const times = primitiveTimes(lines.slice(lines.indexOf(BEGIN)));
  const parts = [...times].map(([name, value]) => ({ name, milliseconds: ofImage(value) }));
  return { milliseconds: ofImage(milliseconds), parts };
}

/**
 * Milliseconds by kind of primitive and direction. A line is "onednn_verbose,v1,primitive,exec,cpu,KIND,implementation,
 * DIRECTION,memory,attributes,algorithm,SHAPE,MILLISECONDS"; a convolution's shape "mb8_g32ic32oc32_ih…" has groups.
 */
export function primitiveTimes(lines: readonly string[]): Map<string, number> {
  const times = new Map<string, number>();
  for (const line of lines) {
    const fields = line.split(',');
    const [, , , exec, , kind = '', , direction = ''] = fields;
    if (!line.startsWith('onednn_verbose') || exec !== 'exec') continue;
    const grouped = kind === 'convolution' && /^mb\d+_g/.test(fields.at(-2) ?? '') ? 'depthwise ' : '';
    const way = direction.startsWith('forward') ? 'forward' : direction.replace('_', ' by ');
    const name = way === 'undef' ? kind : `${grouped}${kind} ${way}`;
    times.set(name, (times.get(name) ?? 0) + Number(fields.at(-1)));
  }
  return times;
}
