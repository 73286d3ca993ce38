/** What training scripts write beside a state dict, as text: numbers and words, and those of their arguments. */
import { BYTES_PER_ELEMENT, elementReader } from '../../common/storedNumbers';
import { entriesOf, NumpyArray, Tensor, type Value } from '../../pickle/values';
import { scoresOf } from './scores';

const MOST_FACTS = 400;
const LONGEST_FACT = 200;
const LONGEST_NAME = 100;
/** As many as a float32 has for certain: 91.73, and not 91.7300033569336. */
const FLOAT32_DIGITS = 7;
/** Red, green, blue. */
const CHANNELS = 3;

/** Under which names scripts keep their arguments and settings. */
const ARGUMENTS =
  /^(args|arguments|opts?|options|hparams|hyper_?parameters|config|cfg|conf|params|settings|meta|metadata|info|extra|trainer|(pretrained|default)_cfg|model_(args|config|kwargs)|data(set|_config|_cfg)?|stats|(input_?)?(norm|transforms?|preprocess(ing|or)?|normali[sz](e|er|ation))(_\w{1,20})?)$/i;

/** Whose settings lie apart within them. */
const PARTS = /^(model|data(set)?|input|norm|transforms?|preprocess(ing)?|normali[sz](e|er|ation))$/i;

/** @param dicts the state dict's own after those that it lies in: what is nearer to it counts more */
export function factsOf(dicts: readonly Map<Value, Value>[]): Record<string, string> {
  const facts = new Map<string, string>();
  for (const dict of [...dicts].reverse()) {
    takeFacts(facts, new Map(scoresOf(dict)), '');
    takeFacts(facts, dict, '');
    for (const [key, inner] of dict) {
      if (typeof key !== 'string' || !ARGUMENTS.test(key)) continue;
      const settings = entriesOf(inner);
      if (settings === undefined) continue;
      takeFacts(facts, settings, `${key}.`);
      // Configurations often keep those of the model and of its inputs apart: `config.model.name`.
      for (const [part, each] of settings) {
        const ofPart = typeof part === 'string' && PARTS.test(part) ? entriesOf(each) : undefined;
        if (ofPart !== undefined) takeFacts(facts, ofPart, `${key}.${part as string}.`);
      }
    }
  }
  return Object.fromEntries(facts);
}

function takeFacts(facts: Map<string, string>, dict: Map<Value, Value>, prefix: string): void {
  for (const [key, value] of dict) {
    if (facts.size >= MOST_FACTS) return;
    // A name with a dot in it is a tensor's of a network.
    const isFact = typeof key === 'string' && key.length <= LONGEST_NAME && !key.includes('.');
    if (!isFact || facts.has(prefix + key)) continue;
    const text = textOf(value);
    if (text !== undefined) facts.set(prefix + key, text.slice(0, LONGEST_FACT));
  }
}

/** Of a number, a word, a tensor of one element, or three numbers in a row or a tensor, such as a mean colour. */
function textOf(value: Value): string | undefined {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string') return String(value);
  if (value instanceof Tensor) return elementsText(value);
  if (value instanceof NumpyArray) return arrayText(value);
  const isColour = Array.isArray(value) && value.length === CHANNELS;
  const channels = isColour ? value.map((each) => (each instanceof Tensor ? elementsText(each) : each)) : [];
  const isOfNumbers = channels.every((each) => typeof each === 'number' || typeof each === 'string');
  return isColour && isOfNumbers ? channels.join() : undefined;
}

function arrayText({ content }: NumpyArray): string | undefined {
  if (content === undefined) return undefined;
  const { dtype, bytes } = content;
  const length = bytes.length / BYTES_PER_ELEMENT[dtype];
  if (length !== 1 && length !== CHANNELS) return undefined;
  return Array.from({ length }, (_, at) => elementReader(dtype, bytes)(at)).join();
}

/** Undefined for a tensor of other than one or three elements, and for one that the file has no numbers for. */
function elementsText({ storage, offset, shape, strides }: Tensor): string | undefined {
  const { bytes, dtype } = storage;
  const axis = shape.findIndex((length) => length !== 1);
  const count = shape.reduce((a, b) => a * b, 1);
  if (bytes === undefined || (count !== 1 && (count !== CHANNELS || shape[axis] !== CHANNELS))) return undefined;
  const read = elementReader(dtype, bytes);
  const values = Array.from({ length: count }, (_, at) => read(offset + at * (strides[axis] ?? 0)));
  return values.map((value) => String(dtype === 'F64' ? value : Number(value.toPrecision(FLOAT32_DIGITS)))).join();
}
