/** Accuracy under each of the study's attacks. */
import * as z from 'zod';
import { canonicalJson } from '../../../common/canonicalJson';
import { accuracyUnderAttack, attackedSchema, type Attacked } from '../../../measures/attacks/measured';
import { percentOf } from '../../../statistics';
import { ATTACK_METHOD, ATTACKS_KIND } from '../../results/attacks';
import { factSource, type Fact } from '../source';

export const attacks = factSource({
  kind: ATTACKS_KIND,
  inputs: z.object({ method: z.literal(ATTACK_METHOD), checkpoint: z.string(), attack: z.unknown() }),
  value: z.object({ attacked: z.custom<Attacked>((value) => z.safeParse(attackedSchema, value).success) }),
  facts: (kept, { epochOf, attackOf, testImages }) =>
    kept.flatMap(({ inputs, value: { attacked } }): Fact[] => {
      const epoch = epochOf(inputs.checkpoint);
      const entry = attackOf(canonicalJson(inputs.attack));
      if (epoch === undefined || entry === undefined) return [];
      const asked = Math.min(entry.images ?? Infinity, testImages ?? Infinity);
      if (Number.isFinite(asked) && attacked.of !== asked) return [];
      const value = percentOf(accuracyUnderAttack(attacked));
      return [{ column: `attacked:${entry.title}`, epoch, value, weight: attacked.of }];
    }),
});
