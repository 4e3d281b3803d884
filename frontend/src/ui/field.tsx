import type { FormEvent, InputHTMLAttributes, ReactNode, Ref, TextareaHTMLAttributes } from "react";
import { useId, useState } from "react";
import { i18next } from "./texts";
import "./words";

interface FieldProps {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  ok?: ReactNode;
  children: (aria: {
    id: string;
    "aria-describedby": string | undefined;
    "aria-invalid": boolean;
  }) => ReactNode;
}

/** A label above, the control, and one line below: an error beats a hint. */
export function Field({ label, hint, error, ok, children }: FieldProps) {
  const id = useId();
  const note = error ?? ok ?? hint;
  const tone = error ? "err" : ok ? "ok" : "";
  return (
    <div>
      <label className="lbl" htmlFor={id}>
        {label}
      </label>
      {children({
        id,
        "aria-describedby": note ? `${id}-note` : undefined,
        "aria-invalid": Boolean(error),
      })}
      {note && (
        <div id={`${id}-note`} className={`fld-msg ${tone}`} role={error ? "alert" : undefined}>
          {note}
        </div>
      )}
    </div>
  );
}

type Value = string | number | readonly string[] | undefined;
type Control = HTMLInputElement | HTMLTextAreaElement;

/** An error speaks of the value it was said about, and is gone as soon as another stands there. */
export function useErrorOf(error: string | undefined, value: Value): string | undefined {
  const [said, setSaid] = useState({ error, value });
  if (said.error !== error) setSaid({ error, value });
  return said.value === value ? error : undefined;
}

/** What the browser would say in its own words and language. */
function refusalOf({ validity, min, max }: HTMLInputElement): string {
  if (validity.valueMissing) return i18next.t("ui:fieldMissing");
  if (validity.typeMismatch) return i18next.t("ui:fieldEmail");
  if (validity.rangeUnderflow || validity.rangeOverflow)
    return i18next.t("ui:fieldRange", { min, max });
  return i18next.t("ui:fieldWrong");
}

/** The form has found the field wanting, or the server has refused its value. */
function useRefusal(error: string | undefined, value: Value) {
  const [own, setOwn] = useState<{ text: string; value: Value }>();
  const told = useErrorOf(error, value);
  const onInvalid = ({ currentTarget }: FormEvent<Control>) =>
    setOwn({ text: refusalOf(currentTarget as HTMLInputElement), value });
  return { error: own && own.value === value ? own.text : told, onInvalid };
}

interface TextFieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
  ok?: ReactNode;
  large?: boolean;
  ref?: Ref<HTMLInputElement>;
}

export function TextField(props: TextFieldProps) {
  const { label, hint, error: said, ok, large, ...rest } = props;
  const { error, onInvalid } = useRefusal(said, props.value);
  return (
    <Field label={label} hint={hint} error={error} ok={ok}>
      {(aria) => (
        <input {...rest} {...aria} onInvalid={onInvalid} className={large ? "inp lg" : "inp"} />
      )}
    </Field>
  );
}

interface TextAreaFieldProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

export function TextAreaField(props: TextAreaFieldProps) {
  const { label, hint, error: said, ...rest } = props;
  const { error, onInvalid } = useRefusal(said, props.value);
  return (
    <Field label={label} hint={hint} error={error}>
      {(aria) => <textarea {...rest} {...aria} onInvalid={onInvalid} className="inp" />}
    </Field>
  );
}
