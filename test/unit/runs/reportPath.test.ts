import { expect, it } from 'vitest';
import { studyReportPath } from '../../../src/runs';

it('studies of one name, whose runs lie in one folder, have each a report of their own', () => {
  const folder = '/p/.epochlens/runs/same/20261129-000000-0000';
  const paths = ['same', 'other'].map((stem) => studyReportPath({ folder, studyFile: `/p/${stem}.epochlens.json` }));
  expect(paths).toEqual(['/p/.epochlens/runs/same/report.html', '/p/.epochlens/runs/same/report-other.html']);
});
