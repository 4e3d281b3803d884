import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardBase } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import type { StatusMove } from "../../api/statuses";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Status, type Tone } from "../../ui/marks";
import { Menu } from "../../ui/menu";
import { complain } from "../../ui/toast";
import { ReasonDialog, WayDialog } from "../cards/CardParts";
import { type CardKind, keys, refOf } from "../entities/kind";
import { tellAtFields } from "../entities/missing";
import { cache } from "../session/cache";
import { moveStatus, toneOfColor } from "./statuses";
import "./statuses.css";
import "./words";

interface StatusMenuProps {
  kind: CardKind;
  card: Pick<CardBase, "id" | "version" | "status" | "status_title"> & {
    own_status?: { color: string } | null;
    status_moves?: StatusMove[];
  };
  /** The tone of a base, for what the company has not painted. */
  toneOf: (base: string) => Tone;
}

interface Asking {
  move: StatusMove;
  text?: string;
  problem?: ApiProblem;
}

/** Where a card stands; pressed, where the company lets its reader move it. */
export function StatusMenu({ kind, card, toneOf }: StatusMenuProps) {
  const { t } = useTranslation("statuses");
  const { t: cards } = useTranslation("cards");
  const [busy, setBusy] = useState(false);
  const [asking, setAsking] = useState<Asking | null>(null);
  const moves = card.status_moves ?? [];
  const tone = toneOfColor(card.own_status?.color, toneOf(card.status));
  // What the company has named within one base is a button, as deeds are.
  const named = moves.filter((move) => move.button && !move.do);

  const run = async (move: StatusMove, said: { text?: string; anyway?: boolean } = {}) => {
    setBusy(true);
    try {
      await moveStatus(kind, card, move.id, said);
      setAsking(null);
    } catch (error) {
      if (error instanceof ApiProblem && error.body.way && !said.anyway) {
        return setAsking({ move, problem: error, ...(said.text && { text: said.text }) });
      }
      setAsking(null);
      if (tellAtFields(refOf(kind, card.id), error)) return complain(cards("missingFields"));
      complain(sentenceOf(error));
      void cache.invalidateQueries({ queryKey: keys.card(kind, card.id) });
    } finally {
      setBusy(false);
    }
  };
  const start = (move: StatusMove) => {
    if (move.needs_text) setAsking({ move });
    else void run(move);
  };
  const chip = {
    className: `stbtn tone-${tone}`,
    "data-testid": "card-status",
    "data-status": card.status,
  };

  return (
    <>
      {moves.length === 0 ? (
        <span {...chip}>{card.status_title}</span>
      ) : (
        <Menu
          label={t("menu")}
          items={moves.map((move) => ({
            key: String(move.id),
            title: <Status tone={toneOfColor(move.color, toneOf(move.base))}>{move.title}</Status>,
            run: () => start(move),
          }))}
          trigger={(open) => (
            <button
              type="button"
              {...chip}
              aria-label={t("change", { title: card.status_title })}
              disabled={busy}
              {...open}
            >
              {card.status_title}
              <Icon name="chevron-down" size={14} />
            </button>
          )}
        />
      )}
      {named.map((move) => (
        <Button
          key={move.id}
          disabled={busy}
          onClick={() => start(move)}
          data-testid={`status-button-${move.id}`}
        >
          {move.button}
        </Button>
      ))}
      {asking && !asking.problem && (
        <ReasonDialog
          action={{
            code: "move",
            title: asking.move.button || asking.move.title,
            kind: "primary",
            needs_text: true,
          }}
          busy={busy}
          onClose={() => setAsking(null)}
          onSend={(text) => void run(asking.move, { text })}
        />
      )}
      {asking?.problem && (
        <WayDialog
          problem={asking.problem}
          title={String(asking.problem.body.way)}
          busy={busy}
          onClose={() => setAsking(null)}
          onGo={() =>
            void run(asking.move, { ...(asking.text && { text: asking.text }), anyway: true })
          }
        />
      )}
    </>
  );
}
