/** Remarks on values that hardly anybody means. A remark never keeps a study from being trained. */
import type { Perturbation } from '../../perturbations';
import { valueAt } from '../issues';
import type { JsonPath } from '../problem';
import type { Check, CheckedStudy, Remark } from './check';
import { UNLIKELY_PERTURBATIONS, UNLIKELY_SETTINGS, type Limit, type Unlikely } from './unlikelyValues';

/** Neither what the data has nor what the network is made for is known where they cannot be read. */
export const unlikelyCheck: Check = {
  reads: [['dataset'], ['model', 'architecture']],
  remarks: (checked) => [
    ...unlikelyOf(checked.study, UNLIKELY_SETTINGS, [], checked),
    ...checked.study.perturbations.flatMap((entry, index) =>
      unlikelyOf(entry, ofKind(entry), ['perturbations', index], checked),
    ),
  ],
};

function ofKind({ kind }: Perturbation): Unlikely[] {
  return UNLIKELY_PERTURBATIONS.flatMap((record) => {
    const [of, ...field] = record.field.split('.');
    return of === kind || of === '*' ? [{ ...record, field: field.join('.') }] : [];
  });
}

function unlikelyOf(value: unknown, records: readonly Unlikely[], at: JsonPath, checked: CheckedStudy): Remark[] {
  const remarks = new Map<string, Remark>();
  for (const record of records) {
    const path = record.field.split('.');
    const found = largest(valueAt(value, path));
    if (found === undefined || remarks.has(record.field) || !isUnlikely(found, record, checked)) continue;
    remarks.set(record.field, {
      code: 'unlikelyValue',
      severity: record.severity,
      path: [...at, ...path],
      summary: 'an unusual value',
      found: String(found),
      expected: `${record.usual} as a rule`,
      advice: record.why,
    });
  }
  return [...remarks.values()];
}

function isUnlikely(value: number, { above, below }: Unlikely, checked: CheckedStudy): boolean {
  const limit = (of: Limit | undefined): number | undefined => (typeof of === 'function' ? of(checked) : of);
  return Math.abs(value) > (limit(above) ?? Infinity) || value < (limit(below) ?? -Infinity);
}

/** A number, or the one of the largest magnitude among those inside. */
function largest(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  const inner = Object.values(value).map(largest);
  return inner.reduce(
    (most, each) => (each !== undefined && Math.abs(each) > Math.abs(most ?? 0) ? each : most),
    undefined,
  );
}
