/** Where the time of a training step and of a batch of heatmaps goes, by engine. */
import type { EngineName } from '../../../src/engine/engine';
import { measureApart } from '../apart';
import { batchSizeOf, nameOf } from '../cases';
import { markdown, type Row } from '../markdown';
import type { Case } from '../protocol';
import { profilePrimitives } from './primitives';

/** Milliseconds an image. */
export interface Profile {
  readonly milliseconds: number;
  /** Of graphs, those that two cores do at a time are counted each, so that they can come to more than the whole. */
  readonly parts: readonly { readonly name: string; readonly milliseconds: number }[];
}

export interface CaseProfile extends Profile {
  readonly case: string;
  readonly work: (typeof WORKS)[number];
  readonly by: string;
}

const WORKS = ['train', 'gradCam'] as const;

/** The names by which `measureHere` knows what is measured here. */
export const KERNELS = 'kernels';
export const PRIMITIVES = 'primitives';

export async function profileCases(
  cases: readonly Case[],
  engines: readonly EngineName[],
  progress: (text: string) => void,
): Promise<CaseProfile[]> {
  const profiles: CaseProfile[] = [];
  for (const item of cases) {
    for (const work of WORKS) {
      const request = { ...item, work, batchSize: batchSizeOf(item, work) };
      const add = async (by: string, profile: () => Promise<Profile>): Promise<void> => {
        progress(`profile of ${work} at ${nameOf(item)}: ${by}`);
        profiles.push({ case: nameOf(item), work, by, ...(await profile()) });
      };
      for (const engine of engines) {
        const eager = engine === 'tensorflow';
        const kernels = () => measureApart<Profile>(KERNELS, { engine, eager, argument: request });
        if (eager) await add('tensorflow, graph: oneDNN’s primitives', () => profilePrimitives(PRIMITIVES, request));
        await add(eager ? 'tensorflow, eager: kernels' : `${engine}: kernels`, kernels);
      }
    }
  }
  return profiles;
}

const MOST_PARTS = 7;

export function profileTable(profiles: readonly CaseProfile[]): string {
  return markdown([
    ['case', 'work', 'by', 'ms/image', 'shares'],
    ...profiles.map((profile): Row => {
      return [profile.case, profile.work, profile.by, profile.milliseconds.toPrecision(3), shares(profile)];
    }),
  ]);
}

function shares({ milliseconds, parts }: Profile): string {
  const sorted = [...parts].sort((a, b) => b.milliseconds - a.milliseconds);
  const sum = (some: Profile['parts']): number => some.reduce((all, part) => all + part.milliseconds, 0);
  const others = { name: 'others', milliseconds: sum(sorted.slice(MOST_PARTS)) };
  const outside = { name: 'outside of them', milliseconds: Math.max(0, milliseconds - sum(parts)) };
  return [...sorted.slice(0, MOST_PARTS), others, outside]
    .map((part) => `${part.name} ${((100 * part.milliseconds) / milliseconds).toFixed(0)} %`)
    .join(', ');
}
