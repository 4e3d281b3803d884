import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { QueueSection } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextAreaField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Tick } from "../../ui/marks";
import { complain, say } from "../../ui/toast";
import { agreeable, agreeToMany, type Chosen } from "./many";
import "./routes.css";
import "./words";

interface DecideManyProps {
  section: QueueSection;
  /** Something was decided: what is on the screen is read anew. */
  onDone: () => unknown;
}

/** «Согласовать несколько…» over the steps of «Ждёт меня»; nothing where there are not several. */
export function DecideMany({ section, onDone }: DecideManyProps) {
  const { t } = useTranslation("routes");
  const [open, setOpen] = useState(false);
  const all = agreeable(section);
  if (all.length < 2 && !open) return null;
  return (
    <>
      <Button size="sm" look="quiet" onClick={() => setOpen(true)} data-testid="decide-many">
        {t("many")}
      </Button>
      {open && <ManyDialog all={all} onDone={onDone} onClose={() => setOpen(false)} />}
    </>
  );
}

interface ManyDialogProps {
  all: Chosen[];
  onDone: () => unknown;
  onClose: () => void;
}

/** Which of them, with which words; a refused one stays and says why. */
export function ManyDialog({ all, onDone, onClose }: ManyDialogProps) {
  const { t } = useTranslation("routes");
  const { t: ui } = useTranslation("ui");
  const [dropped, setDropped] = useState<ReadonlySet<number>>(new Set());
  const [refused, setRefused] = useState<Record<number, string>>({});
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const chosen = all.filter((one) => !dropped.has(one.step));
  const mixed = dropped.size > 0 && chosen.length > 0;

  const toggle = (step: number) => {
    const next = new Set(dropped);
    if (!next.delete(step)) next.add(step);
    setDropped(next);
  };
  const send = async () => {
    setBusy(true);
    try {
      const answers = await agreeToMany(chosen, text.trim());
      const wrong = answers.filter((one) => !one.is_done);
      const done = answers.length - wrong.length;
      if (done > 0) say(t("manyDone", { count: done }));
      await onDone();
      if (wrong.length === 0) return onClose();
      setRefused(Object.fromEntries(wrong.map((one) => [one.step, one.detail])));
      complain(t("manyRefused", { count: wrong.length }));
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("manyTitle")} width={560} onClose={onClose}>
      <Form className="stack" onSubmit={() => void send()}>
        <p className="t2">{t("manyNote")}</p>
        <ul className="route-many">
          <li>
            {/* biome-ignore lint/a11y/noLabelWithoutControl: the box inside is labelled. */}
            <label>
              <Tick
                label={t("manyAll")}
                checked={chosen.length > 0}
                mixed={mixed}
                onChange={() =>
                  setDropped(chosen.length > 0 ? new Set(all.map((one) => one.step)) : new Set())
                }
              />
              <span className="b">{t("manyAll")}</span>
            </label>
          </li>
          {all.map((one) => (
            <Line
              key={one.step}
              one={one}
              on={!dropped.has(one.step)}
              refused={refused[one.step]}
              onToggle={() => toggle(one.step)}
            />
          ))}
        </ul>
        <TextAreaField
          label={t("comment")}
          rows={2}
          maxLength={5000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <div className="row">
          <Button
            look="primary"
            type="submit"
            busy={busy}
            disabled={chosen.length === 0}
            data-testid="decide-many-send"
          >
            {t("manySend", { count: chosen.length })}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

interface LineProps {
  one: Chosen;
  on: boolean;
  refused: string | undefined;
  onToggle: () => void;
}

function Line({ one, on, refused, onToggle }: LineProps) {
  const { card, who, text } = one.line;
  const title = [card.number, card.title].filter(Boolean).join(" ");
  return (
    <li>
      {/* biome-ignore lint/a11y/noLabelWithoutControl: the box inside is labelled. */}
      <label>
        <Tick label={title} checked={on} onChange={onToggle} />
        <span>
          <span>{title}</span>
          <span className="f12 t3"> · {[text, who?.name].filter(Boolean).join(" · ")}</span>
          {refused && (
            <span className="f12 red" role="alert">
              {" "}
              {refused}
            </span>
          )}
        </span>
      </label>
    </li>
  );
}
