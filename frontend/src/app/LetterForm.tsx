import type { FormEvent } from "react";
import { useState } from "react";
import { sentenceOf } from "../api/problem";
import { post } from "../api/request";
import { Button } from "../ui/button";
import { TextField } from "../ui/field";
import { Form } from "../ui/form";

interface LetterFormProps {
  /** Where the address goes; the answer is the same whether it is known or not. */
  path: string;
  text: string;
  label: string;
  button: string;
  autoComplete: "email" | "username";
  /** `find` makes `find-email` and `find-submit`. */
  testId: string;
  onSent: () => void;
}

/** One field: an address to which a letter is to be sent. */
export function LetterForm(props: LetterFormProps) {
  const [email, setEmail] = useState("");
  const [error, setError] = useState<string>();
  const [busy, setBusy] = useState(false);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    setError(undefined);
    try {
      await post(props.path, { email: email.trim() }, { anonymous: true });
      props.onSent();
    } catch (problem) {
      setError(sentenceOf(problem));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form className="stack" onSubmit={submit}>
      <p className="t2">{props.text}</p>
      <TextField
        large
        label={props.label}
        type="email"
        autoComplete={props.autoComplete}
        autoFocus
        required
        value={email}
        onChange={(event) => setEmail(event.target.value)}
        error={error}
        data-testid={`${props.testId}-email`}
      />
      <Button
        look="primary"
        size="lg"
        wide
        type="submit"
        busy={busy}
        data-testid={`${props.testId}-submit`}
      >
        {props.button}
      </Button>
    </Form>
  );
}
