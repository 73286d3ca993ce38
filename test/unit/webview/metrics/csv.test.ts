import { expect, it } from 'vitest';
import { metricsCsv } from '../../../../webview/metrics/csv';
import { partsOf, testBasis, validationBasis, valueOf } from '../../../../webview/metrics/measures';
import { shownRun } from './shownRun';

it('writes a line an epoch, with full precision and what was not measured left empty', () => {
  const epoch = { epoch: 1, trainLoss: null, trainAccuracy: 21.25, testLoss: 2.0500957412719725, testAccuracy: 24.4 };
  const values = { ...epoch, learningRate: 0.02, seconds: 8, imagesPerSecond: 248.5 };
  const named = { run: '/r', id: 'a', studyName: 'with, "quotes"', name: 'a' };
  const run = shownRun(named).curve;
  expect(metricsCsv([{ ...run, epochs: [values] }]).split('\r\n')).toEqual([
    'study,run,epoch,trainLoss,trainAccuracy,testLoss,testAccuracy,learningRate,seconds,imagesPerSecond,testImages,testAccuracy_low,testAccuracy_high',
    '"with, ""quotes""",a,1,,21.25,2.0500957412719725,24.4,0.02,8,248.5,,,',
    '',
  ]);
  const claims = [{ epoch: 1, testAccuracy: 93.07, differs: true }];
  expect(
    metricsCsv([{ ...run, epochs: [values], claims }])
      .split('\r\n')
      .slice(0, 2),
  ).toEqual([
    expect.stringMatching(/,testAccuracy_high,claimedTestAccuracy$/) as string,
    expect.stringMatching(/,248\.5,,,,93\.07$/) as string,
  ]);
  const counted = metricsCsv([{ ...run, epochs: [{ ...values, testAccuracy: 57, testImages: 100 }] }]).split('\r\n')[1];
  expect(counted?.split(',').slice(-3).map(Number)).toEqual([
    100,
    expect.closeTo(47.215389549212304, 10),
    expect.closeTo(66.26670147588987, 10),
  ]);
});

it('says of how many images a test accuracy is, and its interval', () => {
  expect(testBasis({ testAccuracy: 57, testImages: 100 })).toBe('47.2 … 66.3, 57 of 100');
  expect(testBasis({ testAccuracy: 90, testImages: 10 })).toBe('no interval below 20 images, 9 of 10');
  expect(testBasis({ testAccuracy: 90 })).toBe('');
  expect(testBasis({ testAccuracy: null, testImages: 10 })).toBe('');
});

it('has curves and columns of validation images where a run keeps some back', () => {
  const epoch = { epoch: 1, trainLoss: 1, trainAccuracy: 20, testLoss: 2, testAccuracy: 24, learningRate: 0.1 };
  const plain = { ...epoch, seconds: 8, imagesPerSecond: 248.5 };
  const split = { ...plain, validationLoss: 2.5, validationAccuracy: 60, validationImages: 100 };
  const run = shownRun().curve;
  expect(partsOf([{ epochs: [plain] }])).toEqual(['test', 'train']);
  expect(partsOf([{ epochs: [plain] }, { epochs: [split] }])).toEqual(['test', 'validation', 'train']);
  expect(partsOf([{ epochs: [split] }], ['train', 'validation'])).toEqual(['validation', 'train']);
  expect(valueOf(split, 'accuracy', 'validation')).toBe(60);
  expect(valueOf(split, 'loss', 'validation')).toBe(2.5);
  expect(valueOf(plain, 'loss', 'validation')).toBeNull();
  expect(validationBasis(split)).toBe('50.2 … 69.1, 60 of 100');
  const [head, ...lines] = metricsCsv([
    { ...run, epochs: [plain] },
    { ...run, epochs: [split] },
  ]).split('\r\n');
  expect(head).toMatch(/,testAccuracy_high,validationLoss,validationAccuracy,validationImages$/);
  expect(lines[0]).toMatch(/,248\.5,,,,,,$/);
  expect(lines[1]).toMatch(/,248\.5,,,,2\.5,60,100$/);
});
