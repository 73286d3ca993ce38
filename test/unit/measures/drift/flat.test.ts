import { expect, it } from 'vitest';
import { allFlatText } from '../../../../src/measures/drift';

it('why all maps are flat depends on their size', () => {
  expect(allFlatText({ height: 1, width: 1 })).toMatch(/as a map of one cell is: choose an earlier layer/);
  const larger = allFlatText({ height: 8, width: 8 });
  expect(larger).toMatch(/although they are 8×8 cells: nowhere is an activation positive once it is weighted/);
  expect(larger).not.toContain('one cell');
});
