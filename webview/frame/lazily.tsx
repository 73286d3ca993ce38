import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component that is loaded when it is first shown, and draws nothing until then. */
export function lazily<Properties extends object>(load: () => Promise<ComponentType<Properties>>) {
  let loaded: ComponentType<Properties> | undefined;
  return function Lazy(properties: Properties) {
    const [Shown, setShown] = useState(() => loaded);
    useEffect(() => {
      if (Shown !== undefined) return;
      void load().then((component) => {
        loaded = component;
        setShown(() => component);
      });
    }, [Shown]);
    return Shown === undefined ? null : <Shown {...properties} />;
  };
}
