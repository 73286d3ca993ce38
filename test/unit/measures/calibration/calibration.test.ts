import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/common/random';
import { calibrate } from '../../../../src/measures/calibration/calibrate';
import { meanDrop } from '../../../../src/measures/calibration/drops';
import { outcomesOf } from '../../../../src/measures/calibration/outcomes';
import { BINS, equalMassBins, equalWidthBins, reliabilityOf } from '../../../../src/measures/calibration/reliability';
import { scoresOf, temperatureOf } from '../../../../src/measures/calibration/scores';
import { fitTemperature, TEMPERATURES } from '../../../../src/measures/calibration/temperature';
import { calibrationText, dropText, trendText } from '../../../../src/measures/calibration/text';

/** Logits of two classes by which the first has these probabilities. */
function binary(probabilities: readonly number[], labels: readonly number[]) {
  const logits = Float32Array.from(probabilities.flatMap((p) => [Math.log(p / (1 - p)), 0]));
  return { logits, labels: Uint8Array.from(labels), classes: 2 };
}

/** Draws labels by the probabilities that the logits have before they are sharpened. */
function drawn(n: number, sharpening: number, classes = 5) {
  const random = createRandom('calibration test', n, sharpening);
  const logits = new Float32Array(n * classes);
  const labels = new Uint8Array(n);
  for (let image = 0; image < n; image++) {
    const plain = Array.from({ length: classes }, () => 2 * random.normal());
    const weights = plain.map(Math.exp);
    let left = random.uniform() * weights.reduce((a, b) => a + b, 0);
    labels[image] = weights.findIndex((weight) => (left -= weight) < 0);
    plain.forEach((logit, c) => (logits[image * classes + c] = sharpening * logit));
  }
  return { logits, labels, classes };
}

describe('outcomes of logits', () => {
  it('are those of the formulas', () => {
    const { confidence, correct, nll, brier } = outcomesOf(binary([0.8, 0.3], [0, 0]));
    expect(confidence[0]).toBeCloseTo(0.8, 6);
    expect(confidence[1]).toBeCloseTo(0.7, 6);
    expect([...correct]).toEqual([1, 0]);
    expect(nll[0]).toBeCloseTo(-Math.log(0.8), 6);
    expect(nll[1]).toBeCloseTo(-Math.log(0.3), 6);
    expect(brier[0]).toBeCloseTo(2 * 0.2 ** 2, 6);
    expect(brier[1]).toBeCloseTo(2 * 0.7 ** 2, 6);
  });

  it('stay finite where a probability is exactly 1', () => {
    const sure = { logits: Float32Array.of(4000, 0, 0, 4000), labels: Uint8Array.of(0, 0), classes: 2 };
    const { confidence, nll, brier } = outcomesOf(sure);
    expect([...confidence]).toEqual([1, 1]);
    expect([...nll]).toEqual([0, 4000]);
    expect([...brier]).toEqual([0, 2]);
    const { bins } = scoresOf(sure).equalWidth;
    expect(bins.at(-1)).toMatchObject({ n: 2, confidence: 1, accuracy: { count: 1, of: 2 } });
  });

  it('need no prediction of every class', () => {
    const of = { logits: Float32Array.of(3, 1, 0, 2, 1, 0), labels: Uint8Array.of(0, 2), classes: 3 };
    const { accuracy, nll, brier } = scoresOf(of);
    expect(accuracy).toMatchObject({ count: 1, of: 2 });
    expect([nll, brier].every(Number.isFinite)).toBe(true);
  });

  it.each([NaN, Infinity, -Infinity])('are refused where a logit is %s', (bad) => {
    const of = { logits: Float32Array.of(1, 2, bad, 0), labels: Uint8Array.of(0, 1), classes: 2 };
    expect(() => outcomesOf(of)).toThrow(RangeError);
    expect(() => fitTemperature(of)).toThrow(RangeError);
    expect(() => calibrate({ test: of, validation: undefined, perturbed: [] })).toThrow(RangeError);
  });
});

describe('reliability', () => {
  const outcomes = (confidence: number[], correct: number[]) => ({
    confidence: Float64Array.from(confidence),
    correct: Float64Array.from(correct),
  });

  it('puts a border into the bin below it', () => {
    const { binOf } = equalWidthBins(Float64Array.of(1 / 15, 2 / 15 + 1e-9, 0.5, 1, 0));
    expect([...binOf]).toEqual([0, 2, 7, 14, 0]);
  });

  it('cuts as many images into each bin, as numpy.array_split does', () => {
    const confidence = Float64Array.from({ length: 47 }, (_, i) => ((i * 29) % 47) / 47);
    const { binOf, borders } = equalMassBins(confidence);
    const sizes = Array.from({ length: BINS }, (_, bin) => binOf.filter((each) => each === bin).length);
    expect(sizes).toEqual([4, 4, ...new Array<number>(13).fill(3)]);
    borders.slice(1).forEach(([from], bin) => expect(from).toBeGreaterThan(borders[bin]?.[1] ?? NaN));
  });

  it('has a bin an image where there are fewer images than bins', () => {
    const of = outcomes([0.9, 0.6, 0.7], [1, 0, 1]);
    const mass = reliabilityOf(of, equalMassBins(of.confidence), createRandom('t'));
    expect(mass.bins.map(({ n }) => n)).toEqual([1, 1, 1]);
    expect(mass.ece).toBeCloseTo((0.1 + 0.6 + 0.3) / 3, 12);
    const width = reliabilityOf(of, equalWidthBins(of.confidence), createRandom('t'));
    expect(width.bins).toHaveLength(BINS);
    expect(width.bins[0]).toEqual({ from: 0, to: 1 / 15, n: 0, confidence: null, accuracy: null });
    expect(width.interval).toBeNull();
  });

  it('has a Wilson interval in each bin, and the gaps of the bins add up', () => {
    const of = outcomes([0.95, 0.97, 0.99, 0.96], [1, 1, 0, 1]);
    const { bins, ece } = reliabilityOf(of, equalWidthBins(of.confidence), createRandom('t'));
    expect(ece).toBeCloseTo(0.9675 - 0.75, 12);
    const [full] = bins.filter(({ n }) => n > 0);
    expect(full).toMatchObject({ n: 4, accuracy: { count: 3, of: 4 } });
    // statsmodels.stats.proportion.proportion_confint(3, 4, method='wilson')
    expect(full?.accuracy?.interval?.low).toBeCloseTo(30.0642, 3);
    expect(full?.accuracy?.interval?.high).toBeCloseTo(95.4413, 3);
  });

  it('has an interval of the ECE that is the same each time and holds the truth', () => {
    const sharp = drawn(2000, 2);
    const { equalWidth, equalMass } = scoresOf(sharp);
    expect(scoresOf(sharp).equalWidth).toEqual(equalWidth);
    for (const { ece, interval } of [equalWidth, equalMass]) {
      expect(interval?.low).toBeGreaterThan(0.03);
      expect(interval?.low).toBeLessThan(ece);
      expect(interval?.high).toBeGreaterThanOrEqual(ece);
    }
    // What is drawn by its own probabilities is calibrated, whatever its biased ECE.
    expect(scoresOf(drawn(2000, 1)).equalWidth.interval?.low).toBeLessThan(0.01);
  });
});

describe('the temperature', () => {
  it.each([0.5, 1, 2.5])('finds that logits were multiplied by %s', (sharpening) => {
    const { value, limit } = fitTemperature(drawn(20_000, sharpening));
    expect(value / sharpening).toBeGreaterThan(0.96);
    expect(value / sharpening).toBeLessThan(1.04);
    expect(limit).toBeNull();
  });

  it('is where the NLL is least', () => {
    const of = drawn(500, 3);
    const { value } = fitTemperature(of);
    const nllAt = (t: number): number => scoresOf(of, t).nll;
    expect(nllAt(value)).toBeLessThan(nllAt(value * 1.001));
    expect(nllAt(value)).toBeLessThan(nllAt(value / 1.001));
  });

  it('stops at a limit where all are right, where guesses are wrong, and of huge logits', () => {
    expect(fitTemperature(binary([0.9, 0.2], [0, 1]))).toEqual({ value: TEMPERATURES.lowest, limit: 'lowest' });
    expect(fitTemperature(binary([0.9, 0.2], [1, 0]))).toEqual({ value: TEMPERATURES.highest, limit: 'highest' });
    const equal = { logits: new Float32Array(4), labels: Uint8Array.of(0, 1), classes: 2 };
    expect(fitTemperature(equal).limit).toBe('highest');
    const huge = { logits: Float32Array.of(30, 0, 30, 0, 30, 0, 0, 30), labels: Uint8Array.of(0, 0, 1, 1), classes: 2 };
    // Three of four are right: 1/(1 + e^(−30/T)) = 0.75.
    expect(fitTemperature(huge).value).toBeCloseTo(30 / Math.log(3), 8);
  });

  it('is fitted on the first half and judged on the second, or fitted on validation images', () => {
    const test = drawn(401, 2);
    const half = temperatureOf(test);
    expect(half?.fitted).toEqual({ set: 'test', images: 200 });
    expect(half?.scored).toMatchObject({ first: 200, atOne: { n: 201 }, atTemperature: { n: 201 } });
    expect(half?.scored.atTemperature.accuracy).toEqual(half?.scored.atOne.accuracy);
    const validation = drawn(300, 2);
    const split = temperatureOf(test, validation);
    expect(split?.value).toBe(fitTemperature(validation).value);
    expect(split?.scored).toMatchObject({ first: 0, atOne: { n: 401 } });
    expect(split?.fitted).toEqual({ set: 'validation', images: 300 });
    expect(temperatureOf(binary([0.9], [0]))).toBeNull();
  });
});

describe('the confidence drop', () => {
  const clean = binary([0.9, 0.8], [0, 0]).logits;
  const rounds = [binary([0.5, 0.9], [0, 0]).logits, binary([0.7, 0.7], [0, 0]).logits];

  it('is of the clean prediction, mean over rounds and images', () => {
    const { mean, n } = meanDrop({ clean, rounds, classes: 2 });
    expect(mean).toBeCloseTo((0.9 - 0.6 + 0.8 - 0.8) / 2, 6);
    expect(n).toBe(2);
  });

  it('shrinks with the temperature', () => {
    const atTwo = (p: number): number => 1 / (1 + ((1 - p) / p) ** 0.5);
    const { mean } = meanDrop({ clean, rounds: rounds.slice(0, 1), classes: 2 }, 2);
    expect(mean).toBeCloseTo((atTwo(0.9) - 0.5 + atTwo(0.8) - atTwo(0.9)) / 2, 6);
  });
});

describe('what is said', () => {
  const of = (sharpening: number) => {
    const test = drawn(1000, sharpening);
    const perturbed = [{ entry: 0, title: 'noise', rounds: [drawn(500, 1).logits] }];
    return calibrate({ test, validation: undefined, perturbed });
  };

  it('names size, intervals and images', () => {
    const calibration = of(3);
    expect(calibrationText({ name: 'epoch 20', calibration })).toMatch(
      /^At epoch 20 the network is overconfident by \d+\.\d points \(95 % \d+\.\d…\d+\.\d; ECE 0\.\d{3}, 95 % 0\.\d{3}…0\.\d{3}, 1,000 images\); a temperature of [23]\.\d\d, fitted on the first 500 test images, brings the ECE of the other 500 images from 0\.\d{3} to 0\.\d{3}\.$/,
    );
    expect(calibration.drops[0]?.atOne.n).toBe(500);
    expect(dropText('epoch 20', calibration.drops[0]!, calibration.temperature)).toMatch(
      /^Under noise the confidence in the clean prediction falls by 0\.\d{3} at T = 1 and by 0\.\d{3} at T = [23]\.\d\d \(epoch 20, 500 images, 95 % 0\.\d{3}…0\.\d{3} and 0\.\d{3}…0\.\d{3}\)\.$/,
    );
  });

  it('claims nothing that may be chance', () => {
    expect(calibrationText({ name: 'epoch 2', calibration: of(1) })).toContain('differ by no more than chance');
    expect(calibrationText({ name: 'epoch 2', calibration: of(0.4) })).toContain('is underconfident by');
    const few = calibrate({ test: binary([0.9, 0.2], [0, 1]), validation: undefined, perturbed: [] });
    expect(calibrationText({ name: 'epoch 2', calibration: few })).toBe(
      'At epoch 2 mean confidence is 15.0 points below accuracy (no interval below 100 images; ECE 0.150, no interval below 100, 2 images); on the first 1 test image no temperature down to 0.01 is too low, as all are right.',
    );
  });

  it('follows the error over checkpoints', () => {
    const named = [2, 1, 3].map((sharpening, epoch) => ({ name: `epoch ${epoch}`, calibration: of(sharpening) }));
    expect(trendText(named)).toMatch(
      /^The ECE goes from 0\.\d{3} at epoch 0 to 0\.\d{3} at epoch 2, and is smallest at epoch 1 \(0\.\d{3}\)\.$/,
    );
    expect(trendText(named.slice(0, 1))).toBeUndefined();
  });
});
