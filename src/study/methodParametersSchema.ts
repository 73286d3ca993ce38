/** The settings of all explanation methods, each by its name: which of them are the chosen method's is checked later. */
import * as z from 'zod';
import { METHODS, type ParameterRecord } from '../explanations';

interface Setting {
  readonly method: string;
  readonly record: ParameterRecord;
}

/** Methods may share a name, such as "samples": the setting then takes what any of them takes. */
function settingsByName(): ReadonlyMap<string, readonly Setting[]> {
  const byName = new Map<string, Setting[]>();
  for (const { name: method, parameters } of METHODS)
    for (const [name, record] of Object.entries(parameters))
      byName.set(name, [...(byName.get(name) ?? []), { method, record }]);
  return byName;
}

function schemaOf(records: readonly ParameterRecord[]): z.ZodType<number | string> {
  const choices = records.flatMap((record) => (record.kind === 'choice' ? record.choices : []));
  if (choices.length > 0) return z.enum([...new Set(choices)]);
  const numbers = records.filter((record) => record.kind !== 'choice');
  const number = numbers.every(({ kind }) => kind === 'whole') ? z.int() : z.number();
  return number
    .min(Math.min(...numbers.map(({ minimum }) => minimum)))
    .max(Math.max(...numbers.map(({ maximum }) => maximum)));
}

function settingOf(settings: readonly Setting[]) {
  const texts = settings.map(({ method, record }) => `${method}: ${record.description}`);
  const defaults = [...new Set(settings.map(({ record }) => String(record.default)))];
  return schemaOf(settings.map(({ record }) => record))
    .optional()
    .meta({ description: texts.join(' '), absent: defaults.length === 1 ? defaults[0] : "the method's own" });
}

export const methodParametersSchema = z
  .strictObject(Object.fromEntries([...settingsByName()].map(([name, settings]) => [name, settingOf(settings)])))
  .optional()
  .meta({
    description: 'Settings of the method, as far as they are not its defaults.',
    absent: "the method's defaults",
  });
