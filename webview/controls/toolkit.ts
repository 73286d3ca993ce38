/**
 * The only module that knows `@vscode/webview-ui-toolkit`, which is no longer developed: it registers the elements that
 * the controls use and declares their properties, so that another set can replace it here.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
} from '@vscode/webview-ui-toolkit';
import type { HTMLAttributes } from 'preact';

provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption());

type Control<Own extends object> = Omit<HTMLAttributes<ToolkitElement>, keyof Own> & Own;

/** What an event of a control comes from. */
export interface ToolkitElement extends HTMLElement {
  value: string;
  checked: boolean;
}

declare module 'preact' {
  // The way in which Preact takes further elements.
  // eslint-disable-next-line @typescript-eslint/no-namespace
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': Control<{ appearance?: 'primary' | 'secondary' | 'icon'; disabled?: boolean }>;
      'vscode-checkbox': Control<{ checked?: boolean }>;
      'vscode-dropdown': Control<{ value?: string; disabled?: boolean }>;
      'vscode-option': Control<{ value: string }>;
    }
  }
}
