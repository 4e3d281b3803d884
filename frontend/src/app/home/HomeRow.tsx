import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardAction, HomeRow as Item } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { ReasonDialog } from "../../core/cards/CardParts";
import { Button } from "../../ui/button";
import { nearText } from "../../ui/format";
import { Icon, type IconName } from "../../ui/icon";
import { complain } from "../../ui/toast";
import { kindOfRef } from "../modules";
import { doLater, doNow, isReversible, KEYS, offeredOn } from "./acting";
import "./words";

interface HomeRowProps {
  item: Item;
  icon: IconName;
  /** I am the one who does it, so the other side is worth naming. */
  mine: boolean;
}

/** A card as a line that acts in place: by its buttons, or by one key while it has the focus. */
export function HomeRow({ item, icon, mine }: HomeRowProps) {
  const { t } = useTranslation("home");
  const [busy, setBusy] = useState<string | null>(null);
  const [asking, setAsking] = useState<CardAction | null>(null);
  const other = mine ? item.initiator : item.assignee;
  const kind = kindOfRef(item.ref);
  const due = item.due_at ? nearText(item.due_at) : t("noDue");

  const run = async (action: CardAction, text?: string) => {
    if (!kind) return;
    setBusy(action.code);
    try {
      await doNow(kind, item, action, text);
      setAsking(null);
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(null);
    }
  };
  const press = (action: CardAction) => {
    if (action.needs_text) setAsking(action);
    else if (kind && isReversible(action)) doLater(kind, item, action);
    else void run(action);
  };

  return (
    <div className="q" data-testid="home-row" data-ref={item.ref}>
      <span className="k" aria-hidden>
        <Icon name={icon} />
      </span>
      <Link to={(kind ? `${kind.route}/${item.id}` : "/") as never} className="q-text">
        <span className="t1 el">
          <span className="num t3">{item.number}</span> {item.title}
        </span>
        <span className="m el">
          {item.status_title}
          {other && ` · ${other.name}`} ·{" "}
          <span className={item.is_overdue ? "red num" : "num"}>{due}</span>
        </span>
      </Link>
      <span className="acts">
        {offeredOn(item).map((action, index) => (
          <Button
            key={action.code}
            size="sm"
            look={index === 0 ? "default" : "quiet"}
            busy={busy === action.code}
            disabled={busy !== null}
            aria-keyshortcuts={KEYS[action.code]}
            onClick={() => press(action)}
            data-testid={`home-action-${action.code}`}
          >
            {action.title}
            {KEYS[action.code] && (
              <span className="kbd" aria-hidden>
                {KEYS[action.code]}
              </span>
            )}
          </Button>
        ))}
      </span>
      {asking && (
        <ReasonDialog
          action={asking}
          busy={busy !== null}
          onClose={() => setAsking(null)}
          onSend={(text) => void run(asking, text)}
        />
      )}
    </div>
  );
}
