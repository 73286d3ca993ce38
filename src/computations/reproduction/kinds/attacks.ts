import { attackTitle } from '../../../measures/attacks/title';
import { inferenceBatchSize } from '../../../models/memory/inference';
import { ATTACK_METHOD, attackInputsSchema, attackValueSchema } from '../../../runs';
import { createAttacker } from '../../compute';
import { jsonDifference } from '../compare';
import { testImagesOf } from '../keptImages';
import { goOn, recomputing } from '../recomputing';

export const attacks = recomputing(attackInputsSchema, ATTACK_METHOD, async (basis, asked, { about, value }) => {
  const { model, input, signal } = basis;
  const { attacked: kept, epoch } = attackValueSchema.parse(value);
  const checkpoint = basis.checkpoint(asked.checkpoint);
  const set = await testImagesOf(basis, kept.of, asked.images);
  const { attack } = asked;
  const steps = { signal, yieldTurn: goOn, advance: () => undefined };
  const attacker = createAttacker({ model, input });
  const { counts } = await attacker(checkpoint, { set, count: kept.of, attack }, steps);
  return {
    of: `accuracy of ${kept.of} test images under ${attackTitle(attack)} at epoch ${epoch}`,
    difference: jsonDifference(kept, counts),
    sameBatches: about.batch?.size === inferenceBatchSize(model),
  };
});
