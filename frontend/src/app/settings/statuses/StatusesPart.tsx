import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CardKindSettings } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import type { StatusScheme, StatusSettings } from "../../../api/statuses";
import { Button } from "../../../ui/button";
import { Segmented } from "../../../ui/marks";
import { Empty, Failed, Waiting } from "../../../ui/state";
import { say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { MovesPart } from "./MovesPart";
import { StatusDialog } from "./StatusDialog";
import { StatusRows } from "./StatusRows";
import { begin, useScheme } from "./scheme";
import "./statuses.css";
import "./words";

/** Statuses of each type of a kind, and the moves between them. */
export function StatusesPart({ kind }: { kind: CardKindSettings }) {
  const { t } = useTranslation("statusset");
  const types = kind.types.filter((one) => !one.is_archived);
  const [code, setCode] = useState("");
  const type = types.find((one) => one.code === code) ?? types[0];
  const scheme = useScheme(kind.code, type?.code ?? "");
  return (
    <section className="set-sec" aria-label={t("title")}>
      <p className="hint">{t("note")}</p>
      {types.length > 1 && (
        <div className="status-types">
          <Segmented
            label={t("ofType")}
            value={type?.code ?? ""}
            options={types.map((one) => ({ value: one.code, title: one.title }))}
            onChange={setCode}
          />
        </div>
      )}
      {scheme.isPending && <Waiting />}
      {scheme.isError && (
        <Failed text={sentenceOf(scheme.error)} onRetry={() => void scheme.refetch()} />
      )}
      {scheme.data &&
        (scheme.data.statuses.length === 0 ? (
          <Beginning scheme={scheme.data} />
        ) : (
          <Scheme key={`${kind.code}/${type?.code}`} scheme={scheme.data} />
        ))}
    </section>
  );
}

function Beginning({ scheme }: { scheme: StatusScheme }) {
  const { t } = useTranslation("statusset");
  const { busy, run } = useSaving();
  const start = async () => {
    if (await run(() => begin(scheme.kind, scheme.card_type))) say(t("begun"));
  };
  return (
    <Empty icon="list-checks" title={t("none")} text={t("noneText")}>
      <Button look="primary" busy={busy} onClick={() => void start()} data-testid="statuses-begin">
        {t("begin")}
      </Button>
    </Empty>
  );
}

function Scheme({ scheme }: { scheme: StatusScheme }) {
  const { t } = useTranslation("statusset");
  const [open, setOpen] = useState<StatusSettings | "new" | null>(null);
  return (
    <>
      <header className="row status-head">
        <h3 className="grow">{t("title")}</h3>
        <Button look="primary" icon="plus" onClick={() => setOpen("new")} data-testid="status-add">
          {t("add")}
        </Button>
      </header>
      <StatusRows scheme={scheme} onOpen={setOpen} />
      <MovesPart key={scheme.version} scheme={scheme} />
      {open && (
        <StatusDialog
          scheme={scheme}
          status={open === "new" ? null : open}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
