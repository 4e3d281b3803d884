import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Position } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { del, patch, post } from "../../../api/request";
import { POSITIONS, usePositions } from "../../../core/people/directories";
import { cache } from "../../../core/session/cache";
import { Button, IconButton } from "../../../ui/button";
import { complain } from "../../../ui/toast";
import { TitleDialog } from "./TitleDialog";
import "./words";

const refresh = () => cache.invalidateQueries({ queryKey: POSITIONS });

export function Positions() {
  const { t } = useTranslation("staff");
  const positions = usePositions().data ?? [];
  const [editing, setEditing] = useState<Position | "new" | null>(null);
  const save = async (title: string) => {
    if (editing === "new") await post("positions/", { title });
    else if (editing) await patch(`positions/${editing.id}/`, { title });
    await refresh();
  };
  const remove = async (position: Position) => {
    await del(`positions/${position.id}/`).catch((error) => complain(sentenceOf(error)));
    await refresh();
  };
  return (
    <div style={{ marginTop: 28 }}>
      <div className="set-h">
        <h2>{t("positions")}</h2>
        <span className="grow" />
        <Button icon="plus" onClick={() => setEditing("new")}>
          {t("positionAdd")}
        </Button>
      </div>
      {positions.length > 0 && (
        <div className="pane over">
          {positions.map((position) => (
            <div key={position.id} className="tree-row">
              <button
                type="button"
                className="link-quiet el grow"
                style={{ textAlign: "left" }}
                onClick={() => setEditing(position)}
              >
                {position.title}
              </button>
              <IconButton
                icon="trash-2"
                label={t("positionRemove", { title: position.title })}
                small
                onClick={() => void remove(position)}
              />
            </div>
          ))}
        </div>
      )}
      {editing && (
        <TitleDialog
          title={editing === "new" ? t("positionNew") : t("departmentRename")}
          label={t("position")}
          value={editing === "new" ? "" : editing.title}
          onClose={() => setEditing(null)}
          onSave={save}
        />
      )}
    </div>
  );
}
