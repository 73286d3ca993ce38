import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from './icon';
import './toolkit';

interface Clickable {
  readonly onClick: () => void;
  /** The tooltip; by default, that of an icon alone is its label. */
  readonly title?: string | undefined;
  readonly disabled?: boolean | undefined;
  readonly class?: string | undefined;
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
  return (
    <vscode-button
      appearance={primary ? 'primary' : 'secondary'}
      class={properties.class}
      title={title}
      aria-expanded={expanded}
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
  const classes = [pressed === undefined && expanded === undefined ? '' : 'toggle', properties.class ?? ''].join(' ');
  return (
    <vscode-button
      appearance="icon"
      class={classes.trim()}
      title={title ?? label}
      aria-label={label}
      aria-pressed={pressed}
      aria-expanded={expanded}
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
