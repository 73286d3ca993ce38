/** What lies beside a network's tensors and says nothing of what it computes: losses, metrics, averages, normalisation. */

import { LONGEST_NAME } from './tidy';

/** Modules and buffers by the words in their names, as they are told apart by `_`. */
const WORDS =
  /^(criteri(on|a)|loss(es)?|lossfn|crit|metrics?|acc(uracy)?|top[15]|auroc|f1|precision|recall|conf(usion)?mat(rix)?|ema|swa|averaged|teacher|momentum|mixup|cutmix|normali[sz]er?|normali[sz]ation|preprocess(ing|or)?|mean|means|std|stds|sds|initted|n|num|updates|decay|calls|train|val|valid|validation|test|class|pos|weights?)$/i;

/** Those that are harmless alone, or that another of them must go with. */
const NOT_ALONE = /^(n|num|momentum|train|val|valid|validation|test|class|pos|weights?|updates|calls)$/i;

/** What torchmetrics calls its states. */
const STATES = /^(tp|fp|tn|fn|total|correct|confmat|sum_value|mean_value|_extra_state)$/;

/**
 * Whether a tensor can be left out without a word.
 * @param name without the prefix of the module that it lies in
 */
export function isHarmless(name: string): boolean {
  if (name.length > LONGEST_NAME) return false;
  const parts = name.split('.');
  return STATES.test(parts.at(-1) ?? '') || parts.slice(0, Math.max(1, parts.length - 1)).some(isHarmlessPart);
}

function isHarmlessPart(part: string): boolean {
  const words = part
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .split('_')
    .filter((word) => word !== '');
  const telling = words.filter((word) => WORDS.test(word));
  return telling.some((word) => !NOT_ALONE.test(word)) || (words.length > 1 && telling.length === words.length);
}
