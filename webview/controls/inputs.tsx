import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Field } from './button';
import type { ToolkitElement } from './toolkit';

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly text: string;
}

export interface SelectProperties<Value extends string> {
  /** The visible name. */
  readonly label: string;
  /** What it chooses in full, where the visible name is short. */
  readonly title?: string | undefined;
  /** Says more of what is chosen than its name. */
  readonly tooltip?: string | undefined;
  readonly choices: readonly Choice<Value>[];
  readonly value: Value;
  readonly onChange: (value: Value) => void;
}

/** A list of choices with its name before it. */
export function Select<Value extends string>(properties: SelectProperties<Value>) {
  const { label, title, tooltip = title, choices, value, onChange } = properties;
  const element = useRef<ToolkitElement>(null);
  const key = JSON.stringify(choices);
  // The control only takes a value that is among its options, and hears of new ones a moment after they are there.
  useLayoutEffect(() => {
    const set = (): void => {
      if (element.current !== null) element.current.value = value;
    };
    set();
    const frame = requestAnimationFrame(set);
    return () => cancelAnimationFrame(frame);
  }, [key, value]);
  return (
    <Field name={label}>
      <vscode-dropdown
        ref={element}
        aria-label={title ?? label}
        title={tooltip}
        onChange={({ currentTarget }) => {
          if (currentTarget.value !== value) onChange(currentTarget.value as Value);
        }}
      >
        {choices.map((choice) => (
          <vscode-option key={choice.value} value={choice.value}>
            {choice.text}
          </vscode-option>
        ))}
      </vscode-dropdown>
    </Field>
  );
}

export interface SliderProperties {
  readonly label: string;
  readonly title?: string | undefined;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  /** The value in words, for screen readers: "55 %". */
  readonly text?: string | undefined;
  readonly onInput: (value: number) => void;
}

/** The toolkit has no slider, so this is the browser's, in the theme's colours, with its name before it. */
export function Slider({ label, title, text, value, onInput, ...range }: SliderProperties) {
  return (
    <Field name={label}>
      <input
        type="range"
        class="slider"
        {...range}
        value={value}
        aria-label={title ?? label}
        aria-valuetext={text}
        title={title}
        onInput={({ currentTarget }) => onInput(currentTarget.valueAsNumber)}
      />
    </Field>
  );
}

export interface CheckboxProperties {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly children: ComponentChildren;
}

export function Checkbox({ checked, onChange, children }: CheckboxProperties) {
  const element = useRef<ToolkitElement>(null);
  // A property that a click changes by itself is set again after every drawing.
  useLayoutEffect(() => {
    if (element.current !== null) element.current.checked = checked;
  });
  return (
    <vscode-checkbox
      ref={element}
      onChange={({ currentTarget }) => {
        if (currentTarget.checked !== checked) onChange(currentTarget.checked);
      }}
    >
      {children}
    </vscode-checkbox>
  );
}

export interface TextFieldProperties {
  readonly label: string;
  readonly placeholder?: string | undefined;
  readonly value: string;
  readonly class?: string | undefined;
  readonly onInput: (value: string) => void;
  readonly onEnter?: (() => void) | undefined;
}

/** The browser's, because the toolkit's and its ring below are a thirtieth of what a page loads. */
export function TextField({ label, class: own = '', onInput, onEnter, ...rest }: TextFieldProperties) {
  return (
    <input
      {...rest}
      type="text"
      class={`text-field ${own}`.trim()}
      aria-label={label}
      title={label}
      onInput={({ currentTarget }) => onInput(currentTarget.value)}
      onKeyDown={({ key }) => {
        if (key === 'Enter') onEnter?.();
      }}
    />
  );
}

export function ProgressRing({ label }: { readonly label: string }) {
  return <div class="ring" role="progressbar" aria-label={label} />;
}
