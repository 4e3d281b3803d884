import { useState } from "react";
import { useTranslation } from "react-i18next";
import { reasonOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Form } from "../../ui/form";
import { Icon } from "../../ui/icon";
import { complain, say } from "../../ui/toast";
import { type CardKind, keys } from "../entities/kind";
import { cache } from "../session/cache";
import { recount } from "../session/session";
import type { Picked } from "./many";
import { sendSuited } from "./route";
import "./routes.css";
import "./words";

interface BulkSendProps {
  kind: CardKind;
  cards: Picked[];
  disabled: boolean;
  /** All of them are on their way: they need not be chosen any more. */
  onClear: () => void;
}

/** «На согласование» over chosen cards: each goes along the route that suits it. */
export function BulkSend({ kind, cards, disabled, onClear }: BulkSendProps) {
  const { t } = useTranslation("routes");
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="bb"
        disabled={disabled}
        onClick={() => setOpen(true)}
        data-testid="bulk-send"
      >
        <Icon name="send" />
        {t("bulkSend")}
      </button>
      {open && (
        <BulkSendDialog kind={kind} cards={cards} onSent={onClear} onClose={() => setOpen(false)} />
      )}
    </>
  );
}

interface DialogProps {
  kind: CardKind;
  cards: Picked[];
  onSent: () => void;
  onClose: () => void;
}

function BulkSendDialog({ kind, cards, onSent, onClose }: DialogProps) {
  const { t } = useTranslation("routes");
  const { t: ui } = useTranslation("ui");
  // What has been sent leaves the list under the dialog; those that stay are told of here.
  const [left, setLeft] = useState(cards);
  const [refused, setRefused] = useState<Record<number, string>>({});
  const [done, setDone] = useState<number | null>(null);

  const send = async () => {
    const kept: Picked[] = [];
    const why: Record<number, string> = {};
    // One after another: the locks of many cards at once would only wait for each other.
    for (const [at, card] of left.entries()) {
      setDone(at);
      try {
        await sendSuited(card.id);
      } catch (problem) {
        kept.push(card);
        why[card.id] = reasonOf(problem);
      }
    }
    void cache.invalidateQueries({ queryKey: keys.list(kind) });
    void cache.invalidateQueries({ queryKey: keys.counts(kind) });
    recount();
    setDone(null);
    const sent = left.length - kept.length;
    if (sent > 0) say(t("bulkSent", { count: sent }));
    if (kept.length === 0) {
      onClose();
      return onSent();
    }
    setLeft(kept);
    setRefused(why);
    complain(t("bulkNotSent", { count: kept.length }));
  };

  return (
    <Dialog title={t("bulkSendTitle")} width={560} onClose={onClose}>
      <Form className="stack" onSubmit={() => void send()}>
        <p className="t2">{t("bulkSendNote")}</p>
        <ul className="route-many">
          {left.map((card) => (
            <li key={card.id} className="route-many-line">
              <span>{[card.number, card.title].filter(Boolean).join(" ")}</span>
              {refused[card.id] && (
                <span className="f12 red" role="alert">
                  {" "}
                  {refused[card.id]}
                </span>
              )}
            </li>
          ))}
        </ul>
        <div className="row">
          <Button
            look="primary"
            type="submit"
            icon="send"
            busy={done !== null}
            data-testid="bulk-send-now"
          >
            {done === null
              ? t("bulkSendNow", { count: left.length })
              : t("bulkSending", { done, of: left.length })}
          </Button>
          <Button look="quiet" onClick={onClose} disabled={done !== null}>
            {ui("cancel")}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
