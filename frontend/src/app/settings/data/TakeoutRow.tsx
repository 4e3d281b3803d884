import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Takeout } from "../../../api/leaving";
import { sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { openFile } from "../../../core/sheets/exporting";
import { Button } from "../../../ui/button";
import { countText, momentText, nearText, sizeText } from "../../../ui/format";
import { Status } from "../../../ui/marks";
import { complain } from "../../../ui/toast";
import "./data.css";
import "./words";

/** One archive: how far it is, what is in it, until when it can be taken. */
export function TakeoutRow({ takeout, mayOpen }: { takeout: Takeout; mayOpen: boolean }) {
  const { t } = useTranslation("data");
  const [busy, setBusy] = useState(false);
  const open = async () => {
    setBusy(true);
    try {
      openFile((await post<{ url: string }>(`takeouts/${takeout.id}/open/`)).url);
    } catch (error) {
      complain(sentenceOf(error));
    }
    setBusy(false);
  };
  const who = t("exportWho", {
    name: takeout.author?.name ?? "—",
    when: nearText(takeout.created_at),
  });
  return (
    <div className="tree-row wraps" data-testid="takeout-row" data-state={takeout.state}>
      <div className="grow data-about">
        <span className="b el">{takeout.name}</span>
        <span className="f12 t3">{who}</span>
        <About takeout={takeout} />
      </div>
      {takeout.state === "ready" && !takeout.is_gone && mayOpen && (
        <Button
          size="sm"
          icon="download"
          busy={busy}
          onClick={() => void open()}
          data-testid="takeout-open"
        >
          {t("exportOpen")}
        </Button>
      )}
    </div>
  );
}

function About({ takeout }: { takeout: Takeout }) {
  const { t } = useTranslation("data");
  if (takeout.state === "waiting") return <Progress takeout={takeout} />;
  if (takeout.state === "failed")
    return <Status tone="red">{takeout.reason ?? t("failed")}</Status>;
  return (
    <>
      <span className="f12 t2 num">
        {t("exportHolds", {
          size: sizeText(takeout.size),
          rows: countText(takeout.rows_count),
          files: countText(takeout.files_count),
        })}
      </span>
      {takeout.missing_count > 0 && (
        <span className="f12 tone-amber">
          {t("exportMissing", { count: takeout.missing_count })}
        </span>
      )}
      {takeout.is_gone ? (
        <span className="f12 t3">{t("exportGone")}</span>
      ) : (
        takeout.kept_until && (
          <span className="f12 t3">
            {t("exportUntil", { when: momentText(takeout.kept_until) })}
          </span>
        )
      )}
      <details className="f12 t3">
        <summary>{t("exportSum")}</summary>
        <span className="data-sum">{takeout.sha256}</span>
      </details>
    </>
  );
}

function Progress({ takeout }: { takeout: Takeout }) {
  const { t } = useTranslation("data");
  const step = takeout.step;
  return (
    <div role="status" className="data-step">
      <span className="f12 t2">
        {step
          ? t(`part_${step.part}`, { done: countText(step.done), whole: countText(step.whole) })
          : t("exportWaits")}
      </span>
      <progress max={step?.whole} value={step?.done} aria-label={t("exportWaits")} />
    </div>
  );
}
