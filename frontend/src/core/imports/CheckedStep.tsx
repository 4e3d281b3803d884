import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Import, ImportKind } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { Status } from "../../ui/marks";
import { complain } from "../../ui/toast";
import { BadFile } from "./BadFile";
import { BadRows } from "./BadRows";
import { check, choose, run } from "./imports";
import "./words";

interface CheckedStepProps {
  one: Import;
  kind: ImportKind;
}

/** What the dry run has found: how many rows are ready, and each of the others with its cells to be corrected. */
export function CheckedStep({ one, kind }: CheckedStepProps) {
  const { t } = useTranslation("imports");
  const [busy, setBusy] = useState(false);
  const attempt = async (deed: () => Promise<void>) => {
    setBusy(true);
    try {
      await deed();
    } catch (error) {
      complain(sentenceOf(error));
    }
    setBusy(false);
  };
  return (
    <div className="stack imp-step">
      {one.reason && (
        <p className="amber" role="alert">
          {one.reason}
        </p>
      )}
      <div className="row imp-wrap" role="status" data-testid="import-counts">
        <Status tone="green">{t("good", { count: one.good_count })}</Status>
        {one.bad_count > 0 && <Status tone="red">{t("bad", { count: one.bad_count })}</Status>}
        {one.twin_count > 0 && (
          <Status tone="neutral">{t("twin", { count: one.twin_count })}</Status>
        )}
      </div>
      <BadRows one={one} kind={kind} />
      {one.good_count === 0 && <p className="t2">{t("allBad")}</p>}
      <div className="row imp-wrap imp-acts">
        <Button
          look="primary"
          busy={busy}
          disabled={one.good_count === 0}
          onClick={() => void attempt(() => run(one.id, one.bad_count > 0))}
          data-testid="import-run"
        >
          {one.bad_count > 0 ? t("runWithout", { count: one.bad_count }) : t("run")}
        </Button>
        <Button disabled={busy} onClick={() => void attempt(() => check(one.id))}>
          {t("again")}
        </Button>
        <BadFile one={one} />
        <Button
          look="quiet"
          disabled={busy}
          onClick={() => void attempt(() => choose(one.id, {}))}
          data-testid="import-change"
        >
          {t("change")}
        </Button>
      </div>
    </div>
  );
}
