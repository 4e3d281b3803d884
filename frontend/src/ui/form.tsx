import type { FormEvent, FormHTMLAttributes } from "react";
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";

type FormProps = Omit<FormHTMLAttributes<HTMLFormElement>, "noValidate" | "onSubmit"> & {
  onSubmit: (event: FormEvent<HTMLFormElement>) => unknown;
};

/** Counts a field that still looks for what was typed into it; the answer lets it go. */
const Holding = createContext<() => () => void>(() => () => undefined);

/** While this is so, the form around waits: whoever presses its button means what he has typed. */
export function useHold(isHeld: boolean): void {
  const hold = useContext(Holding);
  useLayoutEffect(() => (isHeld ? hold() : undefined), [isHeld, hold]);
}

/** The button that sends a form, or nothing where a key did. */
export const pressed = (event: FormEvent<HTMLFormElement>): HTMLButtonElement | null =>
  (event.nativeEvent as SubmitEvent).submitter as HTMLButtonElement | null;

/**
 * A form that is sent when its fields hold what they must; otherwise each says so itself, in the words of the house.
 * A press that comes before a field has its answer is kept until then.
 */
export function Form({ onSubmit, ...rest }: FormProps) {
  const form = useRef<HTMLFormElement>(null);
  const [held, setHeld] = useState(0);
  const [wanted, setWanted] = useState<{ by: HTMLButtonElement | null } | null>(null);
  const hold = useCallback(() => {
    setHeld((count) => count + 1);
    return () => setHeld((count) => count - 1);
  }, []);
  useEffect(() => {
    if (held > 0 || !wanted) return;
    setWanted(null);
    form.current?.requestSubmit(wanted.by?.isConnected ? wanted.by : undefined);
  }, [held, wanted]);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (held > 0) setWanted({ by: pressed(event) });
    else if (event.currentTarget.checkValidity()) onSubmit(event);
    else
      event.currentTarget
        .querySelector<HTMLElement>("input:invalid, textarea:invalid, select:invalid")
        ?.focus();
  };
  return (
    <Holding value={hold}>
      <form
        {...rest}
        ref={form}
        noValidate
        aria-busy={wanted ? true : undefined}
        onSubmit={submit}
      />
    </Holding>
  );
}
