import { describe, expect, it } from 'vitest';
import { renderReportData } from '../../../src/report/data';
import { renderReport } from '../../../src/report/report';
import { reportFromData, withoutPixels } from '../../reportFromData';
import { claims } from '../runs/imported/manifests';
import { absent, reportContent, runContent } from './content';
import { importedContent } from './imported';
import { STUDIES } from './studies';

const EFFICIENTNET = { model: { architecture: 'efficientnet_b0', weights: 'imagenet', inputSize: 224 } };
const nothing = { heatmaps: absent, misclassified: absent, perturbed: absent, robustness: absent, attention: absent };

describe('every number of a report is that of its JSON', () => {
  it.each([
    ['of a run that was trained here', reportContent()],
    ['with studies of trust', reportContent({ ...runContent(), studies: STUDIES })],
    ['of several', reportContent(runContent(), runContent({ model: { architecture: 'resnet18_cifar' } }))],
    ['beside published ones', reportContent(runContent(EFFICIENTNET, 'cifar10'))],
    ['where parts are absent', reportContent({ ...runContent(), ...nothing, metrics: [] })],
    [
      'of imported checkpoints',
      reportContent(
        importedContent([
          { right: 8, file: { epoch: 3, claimed: claims(93.07) } },
          { file: { epoch: 4, claimed: claims(91.73) } },
        ]),
      ),
    ],
    [
      'of one imported checkpoint',
      reportContent(
        importedContent([{ right: 916, file: { epoch: 1, claimed: claims(91.73), epochFrom: 'nothing' } }]),
      ),
    ],
  ])('%s', (_, content) => {
    expect(withoutPixels(reportFromData(renderReportData(content)))).toBe(withoutPixels(renderReport(content)));
  });
});

it('says what it is, and has neither pixels nor what is no number', () => {
  const content = reportContent({ ...runContent(), metrics: [{ ...runContent().metrics[0]!, trainLoss: NaN }] });
  const text = renderReportData(content);
  const data = JSON.parse(text) as { runs: { metrics: { trainLoss: unknown }[] }[] };
  expect(data).toMatchObject({ format: 'epochlens report', version: 1, title: 'demo', madeBy: 'EpochLens 0.1.0' });
  expect(data.runs[0]?.metrics[0]?.trainLoss).toBeNull();
  expect(text).not.toMatch(/"pixels"|"picture"|"values"/);
});
