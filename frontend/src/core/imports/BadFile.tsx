import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Import } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { Button } from "../../ui/button";
import { complain } from "../../ui/toast";
import { writeBadRows } from "./imports";
import "./words";

/** All rows that cannot be read as a file: asked for, awaited, saved. */
export function BadFile({ one }: { one: Import }) {
  const { t } = useTranslation("imports");
  const [busy, setBusy] = useState(false);
  if (one.bad_count === 0) return null;
  if (one.bad_file === "ready")
    return (
      <a className="btn" href={`/api/v1/imports/${one.id}/bad-rows/`} data-testid="import-bad-file">
        {t("badFile")}
      </a>
    );
  const ask = async () => {
    setBusy(true);
    try {
      await writeBadRows(one.id);
    } catch (error) {
      complain(sentenceOf(error));
    }
    setBusy(false);
  };
  return (
    <Button
      busy={busy || one.bad_file === "writing"}
      onClick={() => void ask()}
      data-testid="import-bad-ask"
    >
      {t("badAsk")}
    </Button>
  );
}
