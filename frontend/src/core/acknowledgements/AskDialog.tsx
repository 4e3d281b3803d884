import type { FormEvent, KeyboardEvent } from "react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { Button, IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Form } from "../../ui/form";
import { Icon, type IconName } from "../../ui/icon";
import type { CardKind } from "../entities/kind";
import { useAwaited } from "../people/awaiting";
import { askedOf, type Choice, useChoices } from "./groups";
import { type Asked, useMeant } from "./readers";
import "./readers.css";
import "./words";

interface AskDialogProps {
  kind: CardKind;
  id: number;
  onSend: (asked: Asked) => Promise<void>;
  onClose: () => void;
}

const PARTS: [keyof Asked, IconName][] = [
  ["people", "user-round"],
  ["departments", "network"],
  ["roles", "key-round"],
  ["groups", "layers"],
];
/** While nothing is typed, a few of each, so that all headings are in sight. */
const SHOWN = 8;
const SHOWN_FIRST = 3;

/** Whom to ask: people, whole departments, holders of roles, groups, from one search. */
export function AskDialog({ kind, id: cardId, onSend, onClose }: AskDialogProps) {
  const { t } = useTranslation("readers");
  const { t: ui } = useTranslation("ui");
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [chosen, setChosen] = useState<Choice[]>([]);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const meant = useMeant(kind, cardId, askedOf(chosen)).data;
  const { choices, fresh } = useChoices(text, t("departmentNote"));
  const most = text.trim() ? SHOWN : SHOWN_FIRST;
  const all = PARTS.flatMap(([part]) => choices[part].slice(0, most));
  const here = Math.min(at, all.length - 1);
  const has = (choice: Choice) => chosen.some((one) => one.key === choice.key);

  const toggle = (choice: Choice | undefined) => {
    if (!choice) return;
    const others = chosen.filter((one) => one.key !== choice.key);
    setChosen(has(choice) ? others : [...chosen, choice]);
    setError(null);
  };
  const take = (choice: Choice | undefined) => {
    if (!choice) return;
    toggle(choice);
    setText("");
    setAt(0);
  };
  const awaited = useAwaited(text, fresh, () => take(all[0]));
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((here + step + all.length) % Math.max(1, all.length));
    const picks = event.key === "Enter" && !event.ctrlKey && !event.metaKey;
    if (picks && all.length === 0 && !fresh) awaited.wait();
    else if (picks) take(all[here]);
    if (step !== 0 || picks) event.preventDefault();
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await onSend(askedOf(chosen));
      onClose();
    } catch (refused) {
      const fields = refused instanceof ApiProblem ? refused.fields : {};
      setError(Object.values(fields)[0] ?? sentenceOf(refused));
      setBusy(false);
    }
  };
  const option = (choice: Choice, icon: IconName) => {
    const index = all.indexOf(choice);
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and Enter work from the field.
      <div
        key={choice.key}
        id={`${id}-${index}`}
        role="option"
        tabIndex={-1}
        aria-selected={has(choice)}
        className={index === here ? "pop-i on" : "pop-i"}
        onPointerMove={() => setAt(index)}
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => toggle(choice)}
        data-testid={`reader-${choice.key}`}
      >
        <Icon name={icon} size={14} />
        <span className="el">{choice.title}</span>
        <span className="f12 t3 el grow">{choice.note}</span>
        {has(choice) && <Icon name="check" size={14} />}
      </div>
    );
  };

  return (
    <Dialog title={t("asking")} width={480} onClose={onClose}>
      <Form className="stack" onSubmit={(event) => void send(event)}>
        {chosen.length > 0 && (
          <ul className="reader-chosen" aria-label={t("chosen")}>
            {chosen.map((one) => (
              <li key={one.key} className="tag">
                <span className="el">{one.title}</span>
                <IconButton
                  icon="x"
                  size={12}
                  small
                  label={t("drop", { title: one.title })}
                  onClick={() => toggle(one)}
                />
              </li>
            ))}
          </ul>
        )}
        <div>
          <div className="inp box">
            <Icon name="search" size={14} />
            <input
              role="combobox"
              aria-expanded
              aria-controls={id}
              aria-activedescendant={all.length > 0 ? `${id}-${here}` : undefined}
              aria-label={t("find")}
              placeholder={t("find")}
              autoComplete="off"
              value={text}
              data-autofocus
              data-testid="reader-find"
              onChange={(event) => {
                setText(event.target.value);
                setAt(0);
              }}
              onKeyDown={press}
            />
          </div>
          <div
            role="listbox"
            id={id}
            aria-label={t("asking")}
            aria-multiselectable
            className="reader-list"
          >
            {PARTS.filter(([part]) => choices[part].length > 0).map(([part, icon]) => (
              // biome-ignore lint/a11y/useSemanticElements: options of a listbox are grouped by role.
              <div key={part} role="group" aria-label={t(part)}>
                <div className="pop-g" aria-hidden>
                  {t(part)}
                </div>
                {choices[part].slice(0, most).map((choice) => option(choice, icon))}
              </div>
            ))}
            {all.length === 0 && fresh && <p className="hint">{t("nobody")}</p>}
          </div>
        </div>
        {error && (
          <p className="notice tone-red" role="alert">
            <Icon name="circle-alert" />
            <span>{error}</span>
          </p>
        )}
        <div className="row">
          <Button
            look="primary"
            type="submit"
            busy={busy}
            disabled={chosen.length === 0}
            data-testid="reader-send"
          >
            {t("send")}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
          {chosen.length > 0 && meant && (
            <span className="hint" role="status" data-testid="reader-meant">
              {meant.count > 0 ? t("meant", { count: meant.count }) : t("meantNobody")}
              {meant.asked > 0 && `, ${t("already", { count: meant.asked })}`}
            </span>
          )}
        </div>
      </Form>
    </Dialog>
  );
}
