import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { HistoryEntry } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { Button, IconButton } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Menu, type MenuItem } from "../../ui/menu";
import { complain, say } from "../../ui/toast";
import type { CardKind } from "../entities/kind";
import { cache } from "../session/cache";
import "./words";

interface Restored {
  restored: string[];
  left: string[];
}

interface RestoreMenuProps {
  kind: CardKind;
  id: number;
  entry: HistoryEntry;
}

/** Puts back what stood before a line: a field, the line, or the whole card as it stood after it. */
export function RestoreMenu({ kind, id, entry }: RestoreMenuProps) {
  const { t } = useTranslation("history");
  const [asking, setAsking] = useState(false);
  const [busy, setBusy] = useState(false);
  const able = entry.changes.filter((change) => change.can_restore);
  if (able.length === 0) return null;

  const restore = async (body: object) => {
    setBusy(true);
    try {
      const done = await post<Restored>(`${kind.path}/${id}/history/${entry.id}/restore/`, body);
      const fields = done.restored.join(", ");
      const left = done.left.join(", ");
      say(left ? t("restoredPart", { fields, left }) : t("restored", { fields }));
    } catch (error) {
      complain(sentenceOf(error));
    } finally {
      setBusy(false);
      setAsking(false);
      void cache.invalidateQueries({ queryKey: [kind.code] });
    }
  };
  const items: MenuItem[] = able.map((change) => ({
    key: change.field,
    title: t("putBack", { field: change.label }),
    icon: "rotate-ccw",
    run: () => void restore({ fields: [change.field] }),
  }));
  if (able.length > 1) {
    items.push({ key: "all", title: t("putAllBack"), run: () => void restore({}) });
  }
  items.push({
    key: "whole",
    title: t("turnBack"),
    icon: "history",
    before: "line",
    run: () => setAsking(true),
  });
  return (
    <>
      <Menu
        label={t("restore")}
        alignEnd
        items={items}
        trigger={(open) => (
          <IconButton
            {...open}
            className="hist-back"
            small
            icon="rotate-ccw"
            label={t("restore")}
            disabled={busy}
            data-testid="history-restore"
          />
        )}
      />
      {asking && (
        <Dialog
          title={t("turnBack")}
          onClose={() => setAsking(false)}
          footer={
            <>
              <Button onClick={() => setAsking(false)}>{t("cancel")}</Button>
              <Button
                look="primary"
                busy={busy}
                onClick={() => void restore({ whole: true })}
                data-testid="history-turn-back"
              >
                {t("turn")}
              </Button>
            </>
          }
        >
          <p>{t("turnBackNote")}</p>
        </Dialog>
      )}
    </>
  );
}
