import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { BoardMove, CardBase } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { patch, post } from "../../api/request";
import { complain } from "../../ui/toast";
import { ReasonDialog, WayDialog } from "../cards/CardParts";
import { settle } from "../entities/card";
import { type CardKind, keys } from "../entities/kind";
import { cache } from "../session/cache";
import type { Movable } from "./columns";
import "./words";

/** A card on its way: by which move, what a PATCH sets, and how it is shown before the server has answered. */
export interface Moving<R extends CardBase> {
  card: Movable<R>;
  move: BoardMove;
  sets: Record<string, unknown>;
  /** Show the card in its new place; what it gives back puts it where it was. */
  show: () => () => void;
  done?: (() => void) | undefined;
}

interface Said {
  text?: string;
  anyway?: boolean;
}

interface Asking<R extends CardBase> {
  moving: Moving<R>;
  title: string;
  /** What the answer is: the text of a deed, or a field of a PATCH. */
  field: string;
}

/**
 * Moves cards through the doors that every card has. `reasons` are the fields by which a change says why, with the
 * title of the dialog that asks for each: it is opened when the server wants one.
 */
export function useMoves<R extends CardBase>(
  kind: CardKind,
  reasons: Record<string, (sets: Record<string, unknown>) => string>,
  refresh: () => void,
) {
  const { t } = useTranslation("displays");
  const [asking, setAsking] = useState<Asking<R> | null>(null);
  const [way, setWay] = useState<{ moving: Moving<R>; text?: string; problem: ApiProblem }>();
  const [busy, setBusy] = useState(false);

  const explain = (moving: Moving<R>, error: unknown, said: Said) => {
    if (error instanceof ApiProblem) {
      if (typeof error.body.way === "string" && error.body.way && !said.anyway) {
        setWay({ moving, problem: error, ...(said.text && { text: said.text }) });
        return;
      }
      const field = Object.keys(reasons).find((name) => error.fields[name]);
      if (field && !said.text) {
        setAsking({ moving, field, title: reasons[field]?.(moving.sets) ?? "" });
        return;
      }
      const missing = Object.values(error.inside("fields"))[0];
      if (missing) return void complain(t("missing", { reason: missing }));
    }
    complain(sentenceOf(error));
    refresh();
  };
  const arrived = (moving: Moving<R>) => {
    setAsking(null);
    setWay(undefined);
    refresh();
    moving.done?.();
  };
  const send = async (moving: Moving<R>, said: Said = {}, field = "text") => {
    const { card, move, sets } = moving;
    const takeBack = moving.show();
    setBusy(true);
    try {
      const path = `${kind.path}/${card.id}/`;
      if (move.path) {
        await post(`${path}${move.path}`, { ...move.sends, ...said }, { ifMatch: card.version });
        void cache.invalidateQueries({ queryKey: keys.card(kind, card.id) });
        return arrived(moving);
      }
      const fresh = move.do
        ? await post<R>(`${path}do/${move.do}/`, said, { ifMatch: card.version })
        : await patch<R>(
            path,
            { ...sets, ...(said.text && { [field]: said.text }) },
            {
              ifMatch: card.version,
            },
          );
      settle(kind, fresh);
      void cache.invalidateQueries({ queryKey: keys.comments(kind, card.id) });
      arrived(moving);
    } catch (error) {
      takeBack();
      setAsking(null);
      setWay(undefined);
      explain(moving, error, said);
    } finally {
      setBusy(false);
    }
  };
  const start = (moving: Moving<R>) => {
    if (moving.move.needs_text) setAsking({ moving, field: "text", title: moving.move.title });
    else void send(moving);
  };

  const dialogs: ReactNode = (
    <>
      {asking && (
        <ReasonDialog
          action={{ code: "move", title: asking.title, kind: "primary", needs_text: true }}
          busy={busy}
          onClose={() => setAsking(null)}
          onSend={(text) => void send(asking.moving, { text }, asking.field)}
        />
      )}
      {way && (
        <WayDialog
          problem={way.problem}
          title={String(way.problem.body.way)}
          busy={busy}
          onClose={() => setWay(undefined)}
          onGo={() => void send(way.moving, { ...(way.text && { text: way.text }), anyway: true })}
        />
      )}
    </>
  );
  return { start, dialogs };
}
