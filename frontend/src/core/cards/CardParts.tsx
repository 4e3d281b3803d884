import type { ReactNode } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardAction } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { TextAreaField } from "../../ui/field";
import { Form } from "../../ui/form";
import { Icon, type IconName } from "../../ui/icon";
import { complain } from "../../ui/toast";
import { act } from "../entities/card";
import { type CardKind, refOf } from "../entities/kind";
import { tellAtFields } from "../entities/missing";
import { useOffer } from "../palette/offered";
import "./cards.css";
import "./words";

/** A label and a value; two columns of them stand under the title. */
export function CardField({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="fld">
      <span>{label}</span>
      <span className="v">{children}</span>
    </div>
  );
}

interface ActionsProps {
  kind: CardKind;
  id: number;
  actions: CardAction[];
  icons?: Record<string, IconName>;
}

const LOOKS = { primary: "primary", default: "default", danger: "danger" } as const;

/** The verbs the server allows now; only the first primary one is filled. */
export function CardActions({ kind, id, actions, icons = {} }: ActionsProps) {
  const { t } = useTranslation("cards");
  const [busy, setBusy] = useState<string | null>(null);
  const [asking, setAsking] = useState<CardAction | null>(null);
  const main = actions.find((action) => action.kind === "primary")?.code;

  const [way, setWay] = useState<Way | null>(null);
  const [refusal, setRefusal] = useState<string>();

  const run = async (action: CardAction, text?: string, anyway = false) => {
    setBusy(action.code);
    try {
      await act(kind, id, action, text, anyway);
      setAsking(null);
      setWay(null);
    } catch (error) {
      const named = error instanceof ApiProblem ? error.body.way : null;
      if (typeof named === "string" && named && !anyway) {
        setWay({ action, text, title: named, problem: error as ApiProblem });
        return;
      }
      const unsaid = error instanceof ApiProblem ? error.fields.text : undefined;
      if (unsaid) {
        // The company has begun to ask for words since the card was read, or wants others.
        setRefusal(unsaid);
        setAsking(action);
        return;
      }
      if (!tellAtFields(refOf(kind, id), error)) return complain(sentenceOf(error));
      setAsking(null);
      complain(t("missingFields"));
    } finally {
      setBusy(null);
    }
  };

  const press = (action: CardAction) => (action.needs_text ? setAsking(action) : void run(action));
  useOffer(
    actions.map((action) => ({
      key: `deed-${action.code}`,
      title: action.title,
      note: t("onOpenCard"),
      icon: icons[action.code] ?? "circle-check-big",
      run: () => press(action),
    })),
  );

  return (
    <>
      {actions.map((action) => (
        <Button
          key={action.code}
          look={action.kind === "primary" && action.code !== main ? "default" : LOOKS[action.kind]}
          icon={action.code === main ? icons[action.code] : undefined}
          busy={busy === action.code}
          disabled={busy !== null}
          onClick={() => press(action)}
          data-testid={`card-action-${action.code}`}
        >
          {action.title}
        </Button>
      ))}
      {asking && (
        <ReasonDialog
          action={asking}
          busy={busy !== null}
          error={refusal}
          onClose={() => {
            setAsking(null);
            setRefusal(undefined);
          }}
          onSend={(text) => void run(asking, text)}
        />
      )}
      {way && (
        <WayDialog
          problem={way.problem}
          title={way.title}
          busy={busy !== null}
          onClose={() => setWay(null)}
          onGo={() => void run(way.action, way.text, true)}
        />
      )}
    </>
  );
}

/** What stands in the way of a verb, and how the server lets one go on. */
interface Way {
  action: CardAction;
  text: string | undefined;
  title: string;
  problem: ApiProblem;
}

interface WayProps {
  problem: ApiProblem;
  /** How the server names the way on. */
  title: string;
  busy: boolean;
  onClose: () => void;
  onGo: () => void;
}

/** What stands in the way, and how one may go on. */
export function WayDialog({ problem, title, busy, onClose, onGo }: WayProps) {
  const { t: ui } = useTranslation("ui");
  return (
    <Dialog title={problem.title} onClose={onClose}>
      <div className="stack">
        <p>{problem.detail}</p>
        <div className="row">
          <Button
            look="primary"
            busy={busy}
            onClick={onGo}
            data-autofocus
            data-testid="card-anyway"
          >
            {title}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

interface ReasonProps {
  action: CardAction;
  busy: boolean;
  /** Why the server would not take what was written. */
  error?: string | undefined;
  onClose: () => void;
  onSend: (text: string) => void;
}

/** Some verbs must say why. */
export function ReasonDialog({ action, busy, error, onClose, onSend }: ReasonProps) {
  const { t } = useTranslation("cards");
  const { t: ui } = useTranslation("ui");
  const [text, setText] = useState("");
  return (
    <Dialog title={action.title} onClose={onClose}>
      <Form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSend(text.trim());
        }}
      >
        <TextAreaField
          label={t("reason")}
          hint={action.asks ?? t("reasonHint")}
          error={error}
          rows={4}
          required
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
              event.currentTarget.form?.requestSubmit();
            }
          }}
          data-autofocus
          data-testid="reason-text"
        />
        <div className="row">
          <Button
            look={action.kind === "danger" ? "danger" : "primary"}
            type="submit"
            busy={busy}
            disabled={!text.trim()}
            data-testid="reason-submit"
          >
            {action.title}
          </Button>
          <Button look="quiet" onClick={onClose}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

interface SectionProps {
  title: string;
  count?: ReactNode;
  children: ReactNode;
  add?: { title: string; run: () => void };
}

export function CardSection({ title, count, children, add }: SectionProps) {
  return (
    <section className="sec" aria-label={title}>
      <header>
        <h3>{title}</h3>
        {count && <span className="n">{count}</span>}
        {add && (
          <button type="button" className="add" onClick={add.run}>
            <Icon name="plus" size={14} />
            {add.title}
          </button>
        )}
      </header>
      {children}
    </section>
  );
}
