import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../src/common/random';
import { drawNoise, drawRoad, drawTies, impute, ROAD_STEPS } from '../../../../src/measures/faithfulness/road/road';

const SIZE = { height: 9, width: 11 };
const PIXELS = 99;

function randomImage(): Float32Array {
  const random = createRandom('road test');
  return Float32Array.from({ length: 3 * PIXELS }, () => 255 * random.uniform());
}

/** How far a pixel is from the weighted mean of its neighbours inside the image: 1/6 beside, 1/12 across a corner. */
function residual(image: Float32Array, pixel: number, channel: number): number {
  const [y, x] = [Math.floor(pixel / SIZE.width), pixel % SIZE.width];
  let [sum, weights] = [0, 0];
  for (let dy = -1; dy <= 1; dy++) {
    for (let dx = -1; dx <= 1; dx++) {
      const inside = y + dy >= 0 && y + dy < SIZE.height && x + dx >= 0 && x + dx < SIZE.width;
      if (!inside || (dy === 0 && dx === 0)) continue;
      const weight = dy * dx === 0 ? 1 / 6 : 1 / 12;
      sum += weight * (image[3 * (pixel + dy * SIZE.width + dx) + channel] as number);
      weights += weight;
    }
  }
  return Math.abs((image[3 * pixel + channel] as number) - sum / weights);
}

describe('imputing', () => {
  it.each([0.1, 0.5, 0.9, 0.99])('solves for %d of the pixels, and leaves the others', (share) => {
    const image = randomImage();
    const imputed = image.slice();
    const removed = createRandom('removed', share)
      .permutation(PIXELS)
      .slice(0, Math.round(share * PIXELS));
    impute(imputed, SIZE, removed);
    for (let pixel = 0; pixel < PIXELS; pixel++) {
      for (let channel = 0; channel < 3; channel++) {
        if (removed.includes(pixel)) expect(residual(imputed, pixel, channel)).toBeLessThan(255e-5);
        else expect(imputed[3 * pixel + channel]).toBe(image[3 * pixel + channel]);
      }
    }
  });

  it('fills a hole in an even image evenly', () => {
    const image = new Float32Array(3 * PIXELS).fill(40);
    const removed = Uint32Array.from({ length: 60 }, (_, i) => i);
    image.fill(0, 0, 180);
    impute(image, SIZE, removed);
    for (const value of image) expect(value).toBeCloseTo(40, 3);
  });
});

describe('ROAD', () => {
  const image = randomImage();
  const order = createRandom('order').permutation(PIXELS);
  const draw = (noise?: ReturnType<typeof drawNoise>): Float32Array => {
    const images = new Float32Array(2 * ROAD_STEPS * image.length);
    drawRoad(image, SIZE, order, images, noise);
    return images;
  };
  const changed = (images: Float32Array, place: number): number[] =>
    Array.from({ length: PIXELS }, (_, pixel) => pixel).filter(
      (pixel) => images[place * image.length + 3 * pixel] !== image[3 * pixel],
    );

  it('removes just round(n·s/10) pixels, from either end of the order, and never all', () => {
    const images = draw();
    for (let step = 1; step <= ROAD_STEPS; step++) {
      const count = Math.round((PIXELS * step) / 10);
      expect(changed(images, step - 1)).toEqual([...order.slice(0, count)].sort((a, b) => a - b));
      expect(changed(images, ROAD_STEPS + step - 1)).toEqual([...order.slice(PIXELS - count)].sort((a, b) => a - b));
    }
  });

  it('adds noise of the deviation that is asked for, the same for the same key', () => {
    const [plain, noisy] = [draw(), draw(drawNoise(image.length, 2, [0, 'a']))];
    expect(draw(drawNoise(image.length, 2, [0, 'a']))).toEqual(noisy);
    const differences = Array.from(noisy, (value, at) => value - (plain[at] as number)).filter((value) => value !== 0);
    const deviation = Math.sqrt(differences.reduce((sum, value) => sum + value ** 2, 0) / differences.length);
    expect(deviation).toBeGreaterThan(1.8);
    expect(deviation).toBeLessThan(2.2);
  });

  it('draws the order of equal values by its key', () => {
    expect(drawTies(50, [0, 'a'])).toEqual(drawTies(50, [0, 'a']));
    expect(drawTies(50, [0, 'a'])).not.toEqual(drawTies(50, [1, 'a']));
  });
});
