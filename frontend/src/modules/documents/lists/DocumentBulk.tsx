import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Summary } from "../../../api/contract";
import { ReasonDialog } from "../../../core/cards/CardParts";
import { BulkBar } from "../../../core/lists/BulkBar";
import { useBulk } from "../../../core/lists/bulking";
import type { ListQuery } from "../../../core/lists/pages";
import { PersonPicker } from "../../../core/people/PersonPicker";
import { BulkAgree } from "../../../core/routes/BulkAgree";
import { BulkStatus } from "../../../core/statuses/BulkStatus";
import { BulkTag } from "../../../core/tags/BulkTag";
import { BulkWatch } from "../../../core/watchers/BulkWatch";
import { Icon, type IconName } from "../../../ui/icon";
import { DOCUMENTS, type Row, toneOfStatus } from "../document";
import "../words";

interface DocumentBulkProps {
  rows: Row[];
  loaded: number;
  query: ListQuery;
  summary: Summary | undefined;
  onClear: () => void;
}

/** What can be done with many documents at once; only what some of the chosen ones could take is offered. */
export function DocumentBulk({ rows, onClear, ...list }: DocumentBulkProps) {
  const { t } = useTranslation("documents");
  const [cancelling, setCancelling] = useState(false);
  const ids = rows.map((row) => row.id);
  const { run, busy, bar } = useBulk({ ...list, kind: DOCUMENTS, ids, onClear });
  const some = (...statuses: string[]) => rows.some((row) => statuses.includes(row.status));
  const at = (status: string) => rows.filter((row) => row.status === status);
  const press = (action: string, icon: IconName, title: string) => (
    <button
      type="button"
      className="bb"
      disabled={busy}
      onClick={() => run(action)}
      data-testid={`bulk-${action}`}
    >
      <Icon name={icon} />
      {title}
    </button>
  );

  return (
    <BulkBar {...bar}>
      {some("on_route") && <BulkAgree kind={DOCUMENTS} cards={at("on_route")} disabled={busy} />}
      {some("draft") && press("send", "send", t("bulkSend"))}
      {some("draft", "approved") && press("register", "hash", t("bulkRegister"))}
      {some("draft") && press("submit", "arrow-right", t("bulkSubmit"))}
      {some("registered", "in_force") && press("archive", "inbox", t("bulkArchive"))}
      <PersonPicker
        label={t("responsible")}
        className="bb"
        chosen={[]}
        onPick={(person) => run("answer", { responsible: person.id })}
        disabled={busy}
        data-testid="bulk-answer"
      >
        <Icon name="user-round" />
        {t("responsible")}
      </PersonPicker>
      <BulkStatus kind={DOCUMENTS} ids={ids} busy={busy} toneOf={toneOfStatus} run={run} />
      <BulkTag busy={busy} run={run} />
      <BulkWatch busy={busy} run={run} />
      {some("approved", "registered", "in_force") && (
        <button
          type="button"
          className="bb"
          disabled={busy}
          onClick={() => setCancelling(true)}
          data-testid="bulk-cancel"
        >
          <Icon name="circle-slash" />
          {t("bulkCancel")}
        </button>
      )}
      <span className="sep" />
      {press("trash", "trash-2", t("discard"))}
      {cancelling && (
        <ReasonDialog
          action={{
            code: "cancel",
            title: t("bulkCancelTitle"),
            kind: "danger",
            needs_text: true,
            asks: t("cancelWhy"),
          }}
          busy={busy}
          onClose={() => setCancelling(false)}
          onSend={(text) => {
            setCancelling(false);
            run("cancel", { text });
          }}
        />
      )}
    </BulkBar>
  );
}
