/** What can be set of a method: each parameter with its default, its range and a description. */
import * as z from 'zod/mini';

/** A number with a range, both ends of which it may have. */
export interface NumberParameter {
  /** 'whole' numbers alone, or 'real' ones. */
  readonly kind: 'whole' | 'real';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  /** One sentence, with the unit. */
  readonly description: string;
}

/** One of a few words. */
export interface ChoiceParameter {
  readonly kind: 'choice';
  readonly default: string;
  readonly choices: readonly string[];
  readonly description: string;
}

export type ParameterRecord = NumberParameter | ChoiceParameter;
export type ParameterRecords = Readonly<Record<string, ParameterRecord>>;

/** Of each parameter its value. */
export type ParameterValues<Records extends ParameterRecords> = {
  readonly [Name in keyof Records]: Records[Name] extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : Records[Name] extends NumberParameter
      ? number
      : number | string;
};

/** Refuses what has no record, and puts in the defaults of what is absent. */
export function parametersSchema(records: ParameterRecords): z.ZodMiniType<Record<string, number | string>> {
  const shape = Object.entries(records).map(([name, record]) => [name, z._default(schemaOf(record), record.default)]);
  return z.strictObject(Object.fromEntries(shape)) as unknown as z.ZodMiniType<Record<string, number | string>>;
}

function schemaOf(record: ParameterRecord): z.ZodMiniType<number | string> {
  if (record.kind === 'choice') return z.enum([...record.choices]);
  const number = record.kind === 'whole' ? z.int() : z.number();
  return number.check(z.gte(record.minimum), z.lte(record.maximum));
}

/** What it may be, for a person: "a whole number from 1 to 500", "one of black, mean, blur". */
export function rangeText(record: ParameterRecord): string {
  if (record.kind === 'choice') return `one of ${record.choices.join(', ')}`;
  return `${record.kind === 'whole' ? 'a whole number' : 'a number'} from ${record.minimum} to ${record.maximum}`;
}

/** What is wrong with a parameter. */
export interface ParameterProblem {
  /** The parameter's name. */
  readonly parameter: string;
  readonly found: string;
  /** What could be chosen. */
  readonly expected: string;
}

/** What is wrong with each of them by itself. */
export function parameterProblems(
  { parameters: records }: { readonly parameters: ParameterRecords },
  given: Readonly<Record<string, unknown>>,
): ParameterProblem[] {
  const names = Object.keys(records);
  return Object.entries(given).flatMap(([parameter, value]) => {
    const record = records[parameter];
    const found = JSON.stringify(value);
    if (record === undefined)
      return [
        {
          parameter,
          found,
          expected: names.length === 0 ? 'none: it has no parameters' : `one of ${names.join(', ')}`,
        },
      ];
    const isRight = parametersSchema({ [parameter]: record }).safeParse({ [parameter]: value }).success;
    return isRight ? [] : [{ parameter, found, expected: rangeText(record) }];
  });
}
