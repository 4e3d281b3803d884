import { useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../../api/problem";
import type { ApprovalList, RoutedKind } from "../../../api/routes";
import { Faces } from "../../../core/people/PersonChip";
import { Button } from "../../../ui/button";
import { Failed, Waiting } from "../../../ui/state";
import { ListDialog } from "./ListDialog";
import { useLists } from "./settings";
import "../settings.css";
import "./routeset.css";
import "./words";

/** Named lists of people that stages may ask. */
export function ListsPart({ kind }: { kind: RoutedKind }) {
  const { t } = useTranslation("routeset");
  const { t: ui } = useTranslation("ui");
  const lists = useLists(kind.kind);
  const [open, setOpen] = useState<ApprovalList | "new" | null>(null);
  const rows = lists.data ?? [];
  return (
    <section className="set-sec" aria-label={t("lists")}>
      <header className="row">
        <h3 className="grow">{t("lists")}</h3>
        <Button size="sm" icon="plus" onClick={() => setOpen("new")} data-testid="list-add">
          {t("listAdd")}
        </Button>
      </header>
      <p className="hint">{t("listsNote")}</p>
      {lists.isPending && <Waiting rows={2} />}
      {lists.isError && (
        <Failed text={sentenceOf(lists.error)} onRetry={() => void lists.refetch()} />
      )}
      {lists.data && rows.length === 0 && <p className="t3">{t("listsNone")}</p>}
      <ul className="routeset-rows">
        {rows.map((one) => (
          <li key={one.id} className="routeset-row" data-testid="list-row">
            <button type="button" className="routeset-open" onClick={() => setOpen(one)}>
              <span className="b">{one.title}</span>
              <span className="f12 t3">{ui("people", { count: one.people.length })}</span>
            </button>
            <Faces people={one.people} />
          </li>
        ))}
      </ul>
      {open && (
        <ListDialog kind={kind} list={open === "new" ? null : open} onClose={() => setOpen(null)} />
      )}
    </section>
  );
}
