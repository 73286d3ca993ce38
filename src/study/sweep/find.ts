/** The cells that a person means. */
import { InputError } from '../../common/errors';
import { nearest } from '../nearest';
import type { Cell, Sweep } from './cell';

const SHORTEST_ID = 6;

/**
 * @param word an id or its beginning; RECIPE/SEED; or RECIPE, for all of its seeds
 * @param file the study file, for the error
 * @throws InputError where it is none of these
 */
export function findCells({ cells, recipes }: Sweep, word: string, file: string): Cell[] {
  const named = cells.filter(({ recipe, seed }) => word === recipe || word === `${recipe}/${String(seed)}`);
  if (named.length > 0) return named;
  const byId = word.length < SHORTEST_ID ? [] : cells.filter(({ id }) => id.startsWith(word));
  if (byId.length === 1) return byId;
  const meant = nearest(
    word,
    cells.flatMap(({ recipe, seed }) => [recipe, `${recipe}/${String(seed)}`]),
  );
  throw new InputError('the sweep has no such cell', {
    file,
    place: '--cell',
    found: JSON.stringify(word),
    expected: `RECIPE/SEED, RECIPE or an id, of the recipes ${recipes.slice(0, MOST_NAMED).join('; ')}`,
    ...(meant === undefined ? {} : { advice: `Did you mean "${meant}"?` }),
  });
}

const MOST_NAMED = 10;
