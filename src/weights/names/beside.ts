/** What lies beside a network's tensors and is not in its way: losses, metrics, averages, normalisation. */

import { LONGEST_NAME } from './tidy';

/** Modules and buffers by the words in their names, as they are told apart by `_`. */
const WORDS =
  /^(criteri(on|a)|loss(es)?|lossfn|crit|metrics?|acc(uracy)?|top[15]|auroc|f1|precision|recall|conf(usion)?mat(rix)?|ema|swa|averaged|teacher|momentum|mixup|cutmix|initted|n|num|updates|decay|calls|train|val|valid|validation|test|class|pos|weights?)$/i;

/** Those that are harmless alone, or that another of them must go with. */
const NOT_ALONE = /^(n|num|momentum|train|val|valid|validation|test|class|pos|weights?|updates|calls)$/i;

/** What torchmetrics calls its states. */
const STATES = /^(tp|fp|tn|fn|total|correct|confmat|sum_value|mean_value|_extra_state)$/;

/** What quantisation-aware training watches activations and weights by, which computes nothing in the network. */
const OBSERVERS = /(^|\.)(activation_post_process|weight_fake_quant|act_fake_quant|[a-z_]{0,40}observer)(_\d{1,3})?\./;

/** Modules that make inputs ready, by two colours alone or by layers that were trained. */
const NORMALISER = /(^|_)(normali[sz]\w*|norm|bn|input\w*|pre_?process\w*|prep|transforms?)(_|\d|$)/i;
const COLOUR = /^(?!running_)(?:\w+_)?(means?|mu|stds?|sds?|stdev|sigmas?)$/i;
/** Red, green, blue. */
const CHANNELS = 3;

/** A part of a name that a file means well with is shorter, and of fewer words. */
const LONGEST_PART = 64;
const MOST_WORDS = 8;

/**
 * Whether a tensor says nothing of what the network computes, so that it can be left out without a word.
 * @param name without the prefix of the module that it lies in
 */
export function isHarmless(name: string): boolean {
  if (name.length > LONGEST_NAME) return false;
  const parts = name.split('.');
  return STATES.test(parts.at(-1) ?? '') || parts.slice(0, Math.max(1, parts.length - 1)).some(isHarmlessPart);
}

/** Of quantisation-aware training: it lies in the network's own modules, too, and is said where it is left out. */
export function isObserver(name: string): boolean {
  return name.length <= LONGEST_NAME && OBSERVERS.test(name);
}

/** Whether it is a mean or deviation of inputs: it is not in the network's way, and is said where it is not used. */
export function isInputColour(name: string, shape: readonly number[]): boolean {
  const leaf = name.slice(name.lastIndexOf('.') + 1);
  return leaf.length <= LONGEST_PART && COLOUR.test(leaf) && shape.reduce((a, b) => a * b, 1) <= CHANNELS;
}

/**
 * Whether it is a parameter of a layer that inputs go through before the network: a batch norm of three channels or a
 * convolution from them to them, in a module that is called so.
 */
export function isInputLayer(name: string, shape: readonly number[]): boolean {
  if (name.length > LONGEST_NAME) return false;
  const parts = name.split('.');
  const leaf = parts.pop() ?? '';
  if (!/^(weight|running_(mean|var))$/.test(leaf)) return false;
  const isOfColours = shape.length === 1 || (shape.length === 4 && shape[1] === CHANNELS);
  return (
    isOfColours && shape[0] === CHANNELS && parts.some((part) => part.length <= LONGEST_PART && NORMALISER.test(part))
  );
}

function isHarmlessPart(part: string): boolean {
  if (part.length > LONGEST_PART) return false;
  const words = part
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .split('_')
    .filter((word) => word !== '');
  if (words.length > MOST_WORDS) return false;
  const telling = words.filter((word) => WORDS.test(word));
  return telling.some((word) => !NOT_ALONE.test(word)) || (words.length > 1 && telling.length === words.length);
}
