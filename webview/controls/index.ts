/** The control set of all pages. */
export { Button, Field, IconButton, type ButtonProperties } from './button';
export { HelpDialog } from './helpDialog';
export { Icon, type IconName } from './icon';
export { Checkbox, ProgressRing, Select, Slider, TextField, type Choice } from './inputs';
export { MenuItem, Popover } from './popover';
export { SearchSelect } from './searchSelect';
export { TAB_PANEL, tabId, Tabs } from './tabs';
