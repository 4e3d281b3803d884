import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Export } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { post } from "../../api/request";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Segmented } from "../../ui/marks";
import { complain } from "../../ui/toast";
import { openFile, queryText, useExport } from "./exporting";
import "./words";

interface ExportDialogProps {
  kind: string;
  query: Record<string, string>;
  shown: string[];
  onClose: () => void;
}

/** Choose the sort of file and how much of each card goes into it; the file opens by itself when it is ready. */
export function ExportDialog({ kind, query, shown, onClose }: ExportDialogProps) {
  const { t } = useTranslation("sheets");
  const [format, setFormat] = useState<Export["format"]>("xlsx");
  const [columns, setColumns] = useState<"all" | "shown">("all");
  const [asked, setAsked] = useState<number | null>(null);
  const [busy, setBusy] = useState(false);
  const found = useExport(asked).data;
  const waiting = busy || (asked !== null && (!found || found.state === "waiting"));
  const opened = useRef<number | null>(null);

  useEffect(() => {
    if (found?.state !== "ready" || !found.url || opened.current === found.id) return;
    opened.current = found.id;
    openFile(found.url);
  }, [found]);

  const run = async () => {
    setBusy(true);
    try {
      const body = {
        kind,
        format,
        columns: columns === "shown" ? shown : [],
        query: queryText(query),
      };
      setAsked((await post<Export>("exports/", body)).id);
    } catch (error) {
      complain(sentenceOf(error));
    }
    setBusy(false);
  };

  return (
    <Dialog
      title={t("title")}
      width={520}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t("close")}</Button>
          {found?.state === "ready" && found.url && (
            <Button icon="download" onClick={() => found.url && openFile(found.url)}>
              {t("open")}
            </Button>
          )}
          <Button look="primary" busy={waiting} onClick={() => void run()} data-testid="export-run">
            {found ? t("again") : t("run")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="t2">{t("seen")}</p>
        <div>
          <span className="lbl">{t("format")}</span>
          <Segmented<Export["format"]>
            label={t("format")}
            value={format}
            options={[
              { value: "xlsx", title: t("xlsx") },
              { value: "csv", title: t("csv") },
            ]}
            onChange={setFormat}
          />
        </div>
        <div>
          <span className="lbl">{t("columns")}</span>
          <Segmented<"all" | "shown">
            label={t("columns")}
            value={columns}
            options={[
              { value: "all", title: t("all") },
              { value: "shown", title: t("shown") },
            ]}
            onChange={setColumns}
          />
        </div>
        <div role="status" className="t2" data-testid="export-told">
          {waiting && <p>{t("waiting")}</p>}
          {found && found.state !== "failed" && found.rows_count > 0 && (
            <p>{t("rows", { count: found.rows_count })}</p>
          )}
          {found?.state === "ready" && found.rows_count === 0 && <p>{t("rows", { count: 0 })}</p>}
          {found?.is_cut && <p>{t("cut", { count: found.rows_count })}</p>}
          {found?.state === "failed" && <p className="red">{found.reason}</p>}
          {waiting && <p className="f12 t3">{t("later")}</p>}
        </div>
      </div>
    </Dialog>
  );
}
