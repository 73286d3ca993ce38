/** The explanation methods that a run's part of the report shows or measures, by their ids. */
import type { RunContent } from './content';

export function usedMethods({ method, studies }: RunContent): string[] {
  const { faithfulness, sanity, localisation, agreement } = studies;
  const measured = [
    ...(faithfulness?.methods ?? []),
    ...(sanity?.methods ?? []),
    ...(localisation?.methods ?? []),
    ...(agreement?.compared ?? []).flatMap(({ methods }) => methods),
  ];
  return [...new Set([method, ...measured.map(({ id }) => id)])];
}
