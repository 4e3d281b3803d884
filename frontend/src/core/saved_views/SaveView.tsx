import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SavedView } from "../../api/contract";
import { reasonOf } from "../../api/problem";
import { Icon } from "../../ui/icon";
import { complain, say } from "../../ui/toast";
import type { CardKind } from "../entities/kind";
import { ViewDialog } from "./ViewDialog";
import { changeView, type ViewParts } from "./views";
import "./views.css";
import "./words";

interface SaveViewProps {
  kind: CardKind;
  open: SavedView | null;
  changed: boolean;
  /** What is on the screen. */
  parts: ViewParts;
  /** There is something to keep: the list is not as it opens by itself. */
  worth: boolean;
  onOpen: (view: SavedView) => void;
  /** What stands on the screen is what the view keeps now. */
  onKept: () => void;
}

/** What to do with a list that somebody has arranged: keep it, or put it back. */
export function SaveView({ kind, open, changed, parts, worth, onOpen, onKept }: SaveViewProps) {
  const { t } = useTranslation("saved_views");
  const [naming, setNaming] = useState(false);
  const keep = async (view: SavedView) => {
    try {
      await changeView(kind, view.id, parts);
      onKept();
      say(t("saved", { title: view.title }));
    } catch (error) {
      complain(reasonOf(error));
    }
  };
  if (open ? !changed : !worth) return null;
  return (
    <div className="view-deeds">
      {open?.can_edit && (
        <button
          type="button"
          className="chip"
          onClick={() => void keep(open)}
          data-testid="view-keep"
        >
          <Icon name="check" size={14} />
          {t("saveChanges")}
        </button>
      )}
      <button type="button" className="chip" onClick={() => setNaming(true)} data-testid="view-new">
        <Icon name="plus" size={14} />
        {open ? t("saveAs") : t("save")}
      </button>
      {open && (
        <button
          type="button"
          className="chip"
          onClick={() => onOpen(open)}
          data-testid="view-reset"
        >
          <Icon name="rotate-ccw" size={14} />
          {t("reset")}
        </button>
      )}
      {naming && (
        <ViewDialog kind={kind} parts={parts} onMade={onOpen} onClose={() => setNaming(false)} />
      )}
    </div>
  );
}
