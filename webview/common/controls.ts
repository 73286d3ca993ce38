/**
 * The control set. It is the only module that imports @vscode/webview-ui-toolkit, which is no longer developed, so that
 * another set can replace it here.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import { h, type Child } from './dom';
import { icon, type IconName } from './icons';

provideVSCodeDesignSystem().register(
  vsCodeButton(),
  vsCodeCheckbox(),
  vsCodeDropdown(),
  vsCodeOption(),
  vsCodeProgressRing(),
  vsCodeTextField(),
);

export interface ButtonOptions {
  /** The visible text; for an icon alone, its label and tooltip. */
  readonly label: string;
  readonly icon?: IconName;
  readonly appearance?: 'primary' | 'secondary' | 'icon';
  readonly title?: string;
  readonly onClick: () => void;
}

export function button({ label, icon: name, appearance = 'secondary', title, onClick }: ButtonOptions): HTMLElement {
  const alone = appearance === 'icon';
  const element = h(
    'vscode-button',
    { appearance, title: title ?? (alone ? label : undefined), 'aria-label': alone ? label : undefined },
    // The text has an element of its own, because the control breaks bare text anywhere, and takes a span for an icon.
    ...(alone ? [name !== undefined && icon(name)] : [h('div', { class: 'button-text' }, label)]),
  );
  if (!alone && name !== undefined) {
    const start = icon(name);
    start.setAttribute('slot', 'start');
    element.prepend(start);
  }
  element.addEventListener('click', onClick);
  return element;
}

export interface Toggle {
  readonly element: HTMLElement;
  set(pressed: boolean): void;
}

/** A toggle button. It shows the state that the caller sets after a click. */
export function toggleButton(options: ButtonOptions): Toggle {
  const element = button({ ...options, appearance: 'icon' });
  element.classList.add('toggle');
  return {
    element,
    set(pressed) {
      element.setAttribute('aria-pressed', String(pressed));
    },
  };
}

export interface Choice<Value extends string> {
  readonly value: Value;
  readonly text: string;
}

export interface Dropdown<Value extends string> {
  readonly element: HTMLElement;
  /** Shows these choices and the selected one, without an event. */
  set(choices: readonly Choice<Value>[], value: Value): void;
}

export function dropdown<Value extends string>(label: string, onChange: (value: Value) => void): Dropdown<Value> {
  const control = h('vscode-dropdown', { 'aria-label': label, title: label }) as HTMLElement & { value: string };
  let shown = '';
  control.addEventListener('change', () => onChange(control.value as Value));
  return {
    element: control,
    set(choices, value) {
      const key = JSON.stringify(choices);
      if (key !== shown) {
        shown = key;
        control.replaceChildren(...choices.map((choice) => h('vscode-option', { value: choice.value }, choice.text)));
      }
      control.value = value;
    },
  };
}

export interface Slider {
  readonly element: HTMLInputElement;
  set(value: number): void;
}

/** The toolkit has no slider, so this is the browser's, in the theme's colours. */
export function slider(
  label: string,
  range: { readonly min: number; readonly max: number; readonly step: number },
  onInput: (value: number) => void,
): Slider {
  const element = h('input', { type: 'range', class: 'slider', 'aria-label': label, title: label, ...range });
  element.addEventListener('input', () => onInput(element.valueAsNumber));
  return {
    element,
    set(value) {
      element.valueAsNumber = value;
    },
  };
}

export interface Checkbox {
  readonly element: HTMLElement;
  set(checked: boolean): void;
}

export function checkbox(label: Child, checked: boolean, onChange: (checked: boolean) => void): Checkbox {
  const control = h('vscode-checkbox', {}, label) as HTMLElement & { checked: boolean };
  control.checked = checked;
  let told = checked;
  control.addEventListener('change', () => {
    if (control.checked === told) return;
    told = control.checked;
    onChange(told);
  });
  return {
    element: control,
    set(value) {
      told = value;
      control.checked = value;
    },
  };
}

export interface TextField {
  readonly element: HTMLElement;
  readonly value: string;
  set(value: string): void;
}

export function textField(
  label: string,
  options: { readonly placeholder?: string; readonly onInput: (value: string) => void },
): TextField {
  const control = h('vscode-text-field', {
    'aria-label': label,
    title: label,
    placeholder: options.placeholder,
  }) as HTMLElement & { value: string };
  control.addEventListener('input', () => options.onInput(control.value));
  return {
    element: control,
    get value() {
      return control.value;
    },
    set(value) {
      control.value = value;
    },
  };
}

export function progressRing(label: string): HTMLElement {
  return h('vscode-progress-ring', { 'aria-label': label });
}
