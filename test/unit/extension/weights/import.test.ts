/** What the editor makes of the lines of `epochlens import --json`, and of a person's answers. */
import { describe, expect, it } from 'vitest';
import { epochsArgument, problemWithEpochs, proposedEpochs } from '../../../../src/extension/weights/epochsAnswer';
import { parseImportEvent, type Imported, type Inspected } from '../../../../src/protocol/importEvents';
import { importedText, warningText } from '../../../../src/extension/weights/importResult';

const files = (...epochs: (number | null)[]) =>
  epochs.map((epoch, index) => ({ path: `/theirs/${'abcdef'.charAt(index)}.pth`, epoch }));

describe('the epochs that are proposed', () => {
  it.each([
    ['nothing told: counted from 1', [null, null, null], '1,2,3'],
    ['a clash: the second takes the next that is free', [5, 5], '5,6'],
    ['what is told is kept where it is one file’s', [3, 3, 4], '3,5,4'],
    ['files that tell nothing follow the one before', [10, null, 20], '10,11,20'],
    ['all of one epoch', [0, 0, 0], '0,1,2'],
  ])('%s', (_, told, proposed) => {
    expect(proposedEpochs(files(...told))).toBe(proposed);
    expect(problemWithEpochs(proposed, files(...told))).toBeUndefined();
  });
});

describe('an answer', () => {
  it.each([
    ['', 'Nothing is no epoch: whole numbers up to 99999, with commas between.'],
    ['1,x', '“x” is no epoch: whole numbers up to 99999, with commas between.'],
    ['1,-2', '“-2” is no epoch: whole numbers up to 99999, with commas between.'],
    ['1,2.5', '“2.5” is no epoch: whole numbers up to 99999, with commas between.'],
    ['1,100000', '“100000” is no epoch: whole numbers up to 99999, with commas between.'],
    ['1', '1 epoch for 2 files: one for each, in the order above.'],
    ['1,2,3', '3 epochs for 2 files: one for each, in the order above.'],
    ['7,07', 'a.pth and b.pth would both be of epoch 7.'],
  ])('%j is refused', (text, problem) => {
    expect(problemWithEpochs(text, files(null, null))).toBe(problem);
  });

  it('may have spaces', () => {
    expect(problemWithEpochs(' 1, 20 ', files(null, null))).toBeUndefined();
    expect(epochsArgument(' 1, 020 ')).toBe('1,20');
  });
});

describe('a line', () => {
  it('is an event, with what other versions leave out', () => {
    const inspected = {
      event: 'inspected',
      architecture: 'resnet20',
      classes: 10,
      checkpoints: [{ epoch: 1, more: 2 }],
      extra: true,
    };
    expect(parseImportEvent(JSON.stringify(inspected))).toEqual({
      event: 'inspected',
      architecture: 'resnet20',
      classes: 10,
      checkpoints: [{ epoch: 1 }],
      leftOut: [],
      notes: [],
    });
    const imported = { event: 'imported', run: '/r', study: '/s' };
    expect(parseImportEvent(JSON.stringify(imported))).toEqual({ ...imported, measured: [], warnings: [] });
  });

  it.each(['Reading 1 of 3 files', '{"event":"later","x":1}', '{"event":"inspected"}', '{"event":', '{}'])(
    '%s is none',
    (line) => {
      expect(parseImportEvent(line)).toBeUndefined();
    },
  );
});

describe('what is said in the end', () => {
  const inspected: Inspected = {
    event: 'inspected',
    architecture: 'resnet20',
    classes: 10,
    normalization: undefined,
    stateDicts: undefined,
    checkpoints: [{ epoch: 1 }, { epoch: 2 }],
    leftOut: [],
    notes: [],
  };
  const imported: Imported = { event: 'imported', run: '/r', study: '/s', measured: [], warnings: [] };
  const measured = { epoch: 2, right: 932, count: 1017, claimed: { testAccuracy: 91.7 }, differs: false };

  it('how many, how good the last is beside its claim, and what is left out and why', () => {
    expect(importedText(inspected, imported)).toBe('2 checkpoints of resnet20 imported.');
    const leftOut = [1, 2, 3, 4, 5].map((n) => ({ path: `/theirs/copy${n}.pth`, reason: 'it holds no network' }));
    expect(importedText({ ...inspected, leftOut, notes: ['Mind.'] }, { ...imported, measured: [measured] })).toBe(
      '2 checkpoints of resnet20 imported. ' +
        'Epoch 2 gets 91.64 % of 1,017 test images right, and its file claims 91.70 %. ' +
        'Left out: copy1.pth (it holds no network), copy2.pth (it holds no network), copy3.pth (it holds no network) ' +
        'and 2 more. Mind.',
    );
  });

  it('what is not as claimed: the first, how many more, and what to look for', () => {
    expect(warningText(imported)).toBeUndefined();
    expect(warningText({ ...imported, warnings: ['One.', 'Check.'] })).toBe('One. Check.');
    expect(warningText({ ...imported, warnings: ['One.', 'Two.', 'Three.', 'Check.'] })).toBe(
      'One. So it is with 2 more. Check.',
    );
    expect(warningText({ ...imported, warnings: ['One.'] })).toBe('One.');
    const wrong = { ...measured, differs: true };
    const said = importedText(inspected, { ...imported, measured: [wrong], warnings: ['One.', 'Check.'] });
    expect(said).toBe('2 checkpoints of resnet20 imported.');
  });
});
