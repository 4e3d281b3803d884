import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Page } from "../../../api/contract";
import type { ProcessingLine } from "../../../api/leaving";
import { sentenceOf } from "../../../api/problem";
import { get } from "../../../api/request";
import { Failed, Waiting } from "../../../ui/state";
import "./data.css";
import "./words";

/** The register of processing, for everybody whose data it is about. */
export function ProcessingSection() {
  const { t } = useTranslation("data");
  const [open, setOpen] = useState(false);
  return (
    <section className="set-sec" data-testid="processing">
      <details onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="b">{t("processing")}</summary>
        {open && <Lines />}
      </details>
    </section>
  );
}

function Lines() {
  const { t } = useTranslation("data");
  const found = useQuery({
    queryKey: ["processing"],
    queryFn: () => get<Page<ProcessingLine>>("processing/"),
  });
  if (found.isPending) return <Waiting rows={4} />;
  if (!found.data) {
    return <Failed text={sentenceOf(found.error)} onRetry={() => void found.refetch()} />;
  }
  return (
    <ul className="data-list">
      {found.data.results.map((line) => (
        <li key={line.what}>
          <p className="b">{line.what}</p>
          <p className="f12 t2">{t("processingWhy", { text: line.purpose })}</p>
          <p className="f12 t2">{t("processingKept", { text: line.kept })}</p>
          <p className="f12 t2">{t("processingTo", { text: line.given_to })}</p>
        </li>
      ))}
    </ul>
  );
}
