/** What a study can expect of an attack. */
import { percentOf } from '../../statistics';
import { apartFrom, missTexts, type MissTexts } from '../expectations/limit';
import { accuracyUnderAttack, type Attacked } from './measured';

interface Expecting {
  readonly expect?: { readonly accuracy?: { readonly min: number } | undefined } | undefined;
}

/** What the numbers miss: nothing where the checkpoint passes, or nothing is asked. */
export function attackMisses({ expect }: Expecting, attacked: Attacked): MissTexts[] {
  const limit = expect?.accuracy?.min;
  const rate = accuracyUnderAttack(attacked);
  const percent = percentOf(rate);
  if (limit === undefined || percent >= limit) return [];
  const found = `${apartFrom(limit, percent, 2)} % (${rate.count} of ${rate.of})`;
  return [missTexts('accuracy under attack', found, `at least ${limit} %`)];
}
