import { expect, it } from 'vitest';
import { metricsCsv } from '../../../../webview/metrics/csv';

it('writes a line an epoch, with full precision and what was not measured left empty', () => {
  const epoch = { epoch: 1, trainLoss: null, trainAccuracy: 21.25, testLoss: 2.0500957412719725, testAccuracy: 24.4 };
  const values = { ...epoch, learningRate: 0.02, seconds: 8, imagesPerSecond: 248.5 };
  const named = { run: '/r', id: 'a', studyName: 'with, "quotes"' };
  const run = { ...named, stateText: '', live: false, batches: null, warning: null, plannedEpochs: 8, claims: [] };
  expect(metricsCsv([{ ...run, epochs: [values] }]).split('\r\n')).toEqual([
    'study,run,epoch,trainLoss,trainAccuracy,testLoss,testAccuracy,learningRate,seconds,imagesPerSecond',
    '"with, ""quotes""",a,1,,21.25,2.0500957412719725,24.4,0.02,8,248.5',
    '',
  ]);
  const claims = [{ epoch: 1, testAccuracy: 93.07, differs: true }];
  expect(
    metricsCsv([{ ...run, epochs: [values], claims }])
      .split('\r\n')
      .slice(0, 2),
  ).toEqual([
    expect.stringMatching(/,imagesPerSecond,claimedTestAccuracy$/) as string,
    expect.stringMatching(/,248\.5,93\.07$/) as string,
  ]);
});
