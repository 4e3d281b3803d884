import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { reasonOf } from "../../api/problem";
import type { Strip } from "../../api/routes";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextAreaField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Icon } from "../../ui/icon";
import { say } from "../../ui/toast";
import type { CardKind } from "../entities/kind";
import { PersonInput } from "../people/PersonInput";
import { askColleague, recallCard, redirectStep, settleStrip } from "./route";
import "./words";

interface DialogProps {
  kind: CardKind;
  id: number;
  onClose: () => void;
}

/** The course of one deed on the route: busy, refused in words, done and settled. */
function useDeed({ kind, id, onClose }: DialogProps) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");
  const run = async (deed: () => Promise<Strip>, told: string) => {
    setBusy(true);
    setError("");
    try {
      settleStrip(kind, id, await deed());
      say(told);
      onClose();
    } catch (problem) {
      setError(reasonOf(problem));
      setBusy(false);
    }
  };
  return { busy, error, setError, run };
}

interface AskedProps extends DialogProps {
  title: string;
  note?: string;
  who?: string;
  words: string;
  required?: boolean;
  without?: number | null;
  send: string;
  deed: (person: number, text: string) => Promise<Strip>;
  told: (name: string) => string;
}

/** A person, words for him, one button. */
function AskedDialog(props: AskedProps) {
  const { t } = useTranslation("routes");
  const { t: ui } = useTranslation("ui");
  const [person, setPerson] = useState<Person | null>(null);
  const [text, setText] = useState("");
  const { busy, error, setError, run } = useDeed(props);
  const submit = () => {
    if (props.who && (person === null || person.id === null)) return setError(t("whoNeeded"));
    if (props.required && !text.trim()) return setError(t("textNeeded"));
    const id = person?.id ?? 0;
    void run(() => props.deed(id, text.trim()), props.told(person?.name ?? ""));
  };
  return (
    <Dialog title={props.title} width={460} onClose={props.onClose}>
      <Form className="stack" onSubmit={submit}>
        {props.note && <p className="t2">{props.note}</p>}
        {props.who && (
          <div>
            <span className="lbl">{props.who}</span>
            <PersonInput
              label={props.who}
              value={person}
              {...(props.without ? { without: props.without } : {})}
              onPick={(picked) => {
                setPerson(picked);
                setError("");
              }}
              data-testid="route-person-input"
            />
          </div>
        )}
        <TextAreaField
          label={props.words}
          rows={3}
          maxLength={5000}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setError("");
          }}
          data-testid="route-words"
        />
        {error && (
          <p className="notice tone-red" role="alert">
            <Icon name="circle-alert" />
            <span>{error}</span>
          </p>
        )}
        <div className="row">
          <Button look="primary" type="submit" busy={busy} data-testid="route-do">
            {props.send}
          </Button>
          <Button look="quiet" onClick={props.onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** Take the card back from its route. */
export function RecallDialog(props: DialogProps) {
  const { t } = useTranslation("routes");
  return (
    <AskedDialog
      {...props}
      title={t("recallTitle")}
      note={t("recallText")}
      words={t("comment")}
      send={t("recall")}
      deed={(_, text) => recallCard(props.id, text)}
      told={() => t("recalled")}
    />
  );
}

interface StepProps extends DialogProps {
  step: number;
}

/** Let another decide in one's place. */
export function RedirectDialog(props: StepProps & { without: number | null }) {
  const { t } = useTranslation("routes");
  return (
    <AskedDialog
      {...props}
      title={t("redirectTitle")}
      who={t("redirectWho")}
      words={t("comment")}
      send={t("redirect")}
      deed={(person, text) => redirectStep(props.step, person, text)}
      told={(name) => t("redirected", { name })}
    />
  );
}

/** Ask a colleague before one decides: the turn stays one's own. */
export function AskDialog(props: StepProps) {
  const { t } = useTranslation("routes");
  return (
    <AskedDialog
      {...props}
      title={t("askTitle")}
      note={t("askNote")}
      who={t("askWho")}
      words={t("askText")}
      required
      send={t("ask")}
      deed={(person, text) => askColleague(props.step, person, text)}
      told={(name) => t("askDone", { name })}
    />
  );
}
