import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { Icon, type IconName } from './icon';
import './toolkit';
import type { ToolkitElement } from './toolkit';

interface Clickable {
  readonly onClick: () => void;
  /** The tooltip; by default, that of an icon alone is its label. */
  readonly title?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly class?: string | undefined;
}

/** The toolkit's own button, which has the focus, is not told these by the element around it. */
function useStates(states: Readonly<Record<'aria-expanded' | 'aria-pressed', boolean | undefined>>) {
  const element = useRef<ToolkitElement>(null);
  useLayoutEffect(() => {
    const inner = element.current?.shadowRoot?.querySelector('button');
    for (const [name, value] of Object.entries(states)) if (value !== undefined) inner?.setAttribute(name, `${value}`);
  });
  return { ref: element, ...states };
}

export interface ButtonProperties extends Clickable {
  /** The visible text. */
  readonly label: string;
  readonly icon?: IconName | undefined;
  readonly primary?: boolean | undefined;
  /** Of a button that opens something, whether that is open. */
  readonly expanded?: boolean | undefined;
}

export function Button(properties: ButtonProperties) {
  const { label, icon, primary = false, title, expanded, disabled = false, onClick } = properties;
  const states = useStates({ 'aria-expanded': expanded, 'aria-pressed': undefined });
  return (
    <vscode-button
      {...states}
      appearance={primary ? 'primary' : 'secondary'}
      class={properties.class}
      title={title}
      disabled={disabled}
      onClick={onClick}
    >
      {icon !== undefined && <Icon name={icon} slot="start" />}
      {/* An element of its own, because the control breaks bare text anywhere, and takes a span for an icon. */}
      <div class="button-text">{label}</div>
    </vscode-button>
  );
}

export interface IconButtonProperties extends Clickable {
  /** For screen readers, and the tooltip. */
  readonly label: string;
  readonly icon: IconName;
  /** Of a toggle button, whether it is on. */
  readonly pressed?: boolean | undefined;
  /** Of a button that opens the element with the id `controls`, whether that is open. */
  readonly expanded?: boolean | undefined;
  readonly controls?: string | undefined;
}

export function IconButton(properties: IconButtonProperties) {
  const { label, icon, title, pressed, expanded, controls, disabled = false, onClick } = properties;
  const states = useStates({ 'aria-expanded': expanded, 'aria-pressed': pressed });
  const classes = [pressed === undefined && expanded === undefined ? '' : 'toggle', properties.class ?? ''].join(' ');
  return (
    <vscode-button
      {...states}
      appearance="icon"
      class={classes.trim()}
      title={title ?? label}
      aria-label={label}
      aria-controls={controls}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </vscode-button>
  );
}

/** A control with its name before it, which stays however narrow the panel is. The control has it as label, too. */
export function Field({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div class="field">
      <span class="field-name" aria-hidden="true">
        {name}
      </span>
      {children}
    </div>
  );
}
