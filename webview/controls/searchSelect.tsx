import { useRef } from 'preact/hooks';
import { Field } from './button';
import { Select, type SelectProperties } from './inputs';
import { Popover } from './popover';
import type { SearchList } from './searchList';
import './searchList.css';

/** More than a menu shows at once. */
const MOST_IN_A_MENU = 24;

/** A list of choices with its name before it, which is searched where there are many. */
export function SearchSelect<Value extends string>(properties: SelectProperties<Value>) {
  const { label, title, choices, value, onChange } = properties;
  const list = useRef<typeof SearchList>(null);
  if (choices.length <= MOST_IN_A_MENU) return <Select {...properties} />;
  return (
    <Field name={label}>
      <Popover
        label={choices.find((choice) => choice.value === value)?.text ?? value}
        title={title ?? label}
        icon="search"
        load={async () => {
          list.current = (await import('./searchList')).SearchList;
        }}
      >
        {(close) =>
          list.current && (
            <list.current
              label={title ?? label}
              items={choices}
              chosen={[value]}
              onChoose={(chosen) => {
                onChange(chosen as Value);
                close();
              }}
            />
          )
        }
      </Popover>
    </Field>
  );
}
