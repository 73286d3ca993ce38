/** The explanation methods that a run's part of the report shows or measures, by their ids. */
import type { RunContent } from './content';

export function usedMethods({ method, studies: { faithfulness } }: RunContent): string[] {
  return [...new Set([method, ...(faithfulness?.methods ?? []).map(({ id }) => id)])];
}
