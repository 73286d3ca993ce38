/** The settings of an explanation method, made from the records of its parameters. */
import * as l10n from '@vscode/l10n';
import { useId, useState } from 'preact/hooks';
import { chooseMethod, parameterProblems, type ExplanationMethod, type ParameterRecord } from '../../src/explanations';
import type { MethodChoice } from '../common/explanation';
import { decimal } from '../common/text';
import { Button } from '../controls';
import { parameterSentence } from './parameterText';

export interface MethodSettingsProperties {
  readonly method: ExplanationMethod;
  readonly choice: MethodChoice;
  readonly inputSize: number;
  readonly onChange: (choice: MethodChoice) => void;
}

export function MethodSettings({ method, choice, inputSize, onChange }: MethodSettingsProperties) {
  const records = Object.entries(method.parameters);
  if (records.length === 0) return null;
  /** What cannot be is said, and not asked for. */
  const problemOf = (parameters: MethodChoice['parameters']): string | undefined => {
    const [alone] = parameterProblems(method, parameters);
    if (alone !== undefined) return alone.expected;
    const fit = method.problem?.(chooseMethod(method.id, parameters).parameters, {
      height: inputSize,
      width: inputSize,
    });
    return fit?.expected;
  };
  return (
    <div class="method-settings" role="group" aria-label={l10n.t('Settings of {0}', method.name)}>
      {records.map(([name, record]) => (
        <Parameter
          key={name}
          name={name}
          record={record}
          about={`${parameterSentence(method.id, name, record)} ${rangeOf(record)}`}
          value={choice.parameters[name] ?? record.default}
          problemOf={(value) => problemOf({ ...choice.parameters, [name]: value })}
          onValue={(value) => onChange({ ...choice, parameters: { ...choice.parameters, [name]: value } })}
        />
      ))}
      <Button
        label={l10n.t('Reset')}
        title={l10n.t('Back to the defaults of {0}', method.name)}
        disabled={records.every(([name, record]) => (choice.parameters[name] ?? record.default) === record.default)}
        onClick={() => onChange({ ...choice, parameters: {} })}
      />
    </div>
  );
}

interface ParameterProperties {
  readonly name: string;
  readonly record: ParameterRecord;
  /** What it is, and can be. */
  readonly about: string;
  readonly value: number | string;
  /** Why it cannot have this value. */
  readonly problemOf: (value: number | string) => string | undefined;
  readonly onValue: (value: number | string) => void;
}

function Parameter({ name, record, about, value, problemOf, onValue }: ParameterProperties) {
  const id = useId();
  const [problem, setProblem] = useState<string | undefined>(undefined);
  // Drawn anew while heatmaps arrive, a field keeps what is being typed until another value replaces the one below it.
  const [typed, setTyped] = useState<{ readonly text: string; readonly over: number | string }>();
  /** When the person is done with it: each value is computed. */
  const change = (next: number | string): void => {
    const found = problemOf(next);
    setProblem(found);
    if (found === undefined) setTyped(undefined);
    if (found === undefined && next !== value) onValue(next);
  };
  return (
    <div class="parameter">
      <label for={id}>{name}</label>
      {record.kind === 'choice' ? (
        <select
          id={id}
          value={value}
          aria-describedby={`${id}-about`}
          onChange={(event) => change(event.currentTarget.value)}
        >
          {record.choices.map((each) => (
            <option key={each} value={each}>
              {each}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          type="number"
          class="text-field"
          min={record.minimum}
          max={record.maximum}
          step={record.kind === 'whole' ? 1 : 'any'}
          value={typed?.over === value ? typed.text : value}
          aria-describedby={`${id}-about`}
          aria-invalid={problem !== undefined}
          onInput={(event) => setTyped({ text: event.currentTarget.value, over: value })}
          onChange={(event) => change(event.currentTarget.valueAsNumber)}
        />
      )}
      <span id={`${id}-about`} class="parameter-about muted">
        {about}
        {problem !== undefined && (
          <span class="error-text" role="alert">
            {' '}
            {l10n.t('It can be: {0}.', problem)}
          </span>
        )}
      </span>
    </div>
  );
}

/** "1 to 500, by default 50." */
function rangeOf(record: ParameterRecord): string {
  if (record.kind === 'choice') return l10n.t('By default {0}.', record.default);
  const [least, most, byDefault] = [record.minimum, record.maximum, record.default].map((each) =>
    decimal(String(each)),
  );
  return l10n.t('{0} to {1}, by default {2}.', least ?? '', most ?? '', byDefault ?? '');
}
