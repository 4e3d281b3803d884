import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Brief, Import, ImportKind } from "../../api/contract";
import { ApiProblem, sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Icon } from "../../ui/icon";
import { complain } from "../../ui/toast";
import { BadFile } from "./BadFile";
import { undo } from "./imports";
import "./words";

interface DoneStepProps {
  one: Import;
  kind: ImportKind | undefined;
}

/** What has come of the import, and the way back. */
export function DoneStep({ one, kind }: DoneStepProps) {
  const { t } = useTranslation("imports");
  const [asking, setAsking] = useState(false);
  const undone = one.state === "undone";
  return (
    <div className="empty" role="status" data-testid={`import-${one.state}`}>
      <Icon name={undone ? "rotate-ccw" : "circle-check-big"} size={28} />
      <h2>{undone ? t("undone") : t("done")}</h2>
      <p>
        {undone ? t("undoneText") : t("made", { count: one.made_count })}
        {undone && one.kept_count > 0 && ` ${t("kept", { count: one.kept_count })}`}
        {!undone && one.twin_count > 0 && ` · ${t("twin", { count: one.twin_count })}`}
        {!undone && one.bad_count > 0 && ` · ${t("bad", { count: one.bad_count })}`}
      </p>
      <div className="row imp-wrap">
        {kind && !undone && (
          <Link to={kind.route as never} className="btn primary" data-testid="import-open">
            {t("open")}
          </Link>
        )}
        <Link
          to={"/settings/imports" as never}
          search={{ kind: one.kind } as never}
          className="btn"
        >
          {t("another")}
        </Link>
        {!undone && <BadFile one={one} />}
        {!undone && (
          <Button look="danger" onClick={() => setAsking(true)} data-testid="import-undo">
            {t("undo")}
          </Button>
        )}
      </div>
      {asking && <UndoDialog one={one} onClose={() => setAsking(false)} />}
    </div>
  );
}

/** Cards that people have worked on are named before anything goes. */
function UndoDialog({ one, onClose }: { one: Import; onClose: () => void }) {
  const { t } = useTranslation("imports");
  const [busy, setBusy] = useState(false);
  const [worked, setWorked] = useState<{ count: number; cards: Brief[] } | null>(null);
  const go = async () => {
    setBusy(true);
    try {
      await undo(one.id, worked !== null);
      onClose();
    } catch (error) {
      if (error instanceof ApiProblem && error.code === "import-in-work")
        setWorked({
          count: Number(error.body.count),
          cards: (error.body.cards ?? []) as Brief[],
        });
      else complain(sentenceOf(error));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={t("undoAsk")}
      width={480}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("keep")}</Button>
          <Button look="danger" busy={busy} onClick={() => void go()} data-testid="import-undo-do">
            {worked ? t("undoRest") : t("undoDo")}
          </Button>
        </>
      }
    >
      {worked ? (
        <div className="stack" role="alert">
          <p>{t("worked", { count: worked.count })}</p>
          <ul className="imp-worked">
            {worked.cards.map((card) => (
              <li key={card.ref}>
                <Link to={card.route as never}>
                  {card.number} {card.title}
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ) : (
        <p>{t("undoText")}</p>
      )}
    </Dialog>
  );
}
