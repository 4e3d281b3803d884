import { useNavigate } from "@tanstack/react-router";
import { type DragEvent, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportKind } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { addressOf } from "../../api/request";
import { Button } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Segmented } from "../../ui/marks";
import { usePhone } from "../../ui/screen";
import { complain } from "../../ui/toast";
import { bring } from "./imports";
import "./words";

/** Choose what the cards are and drop the file. */
export function StartImport({
  kinds,
  chosen,
}: {
  kinds: ImportKind[];
  chosen?: string | undefined;
}) {
  const { t } = useTranslation("imports");
  const navigate = useNavigate();
  const phone = usePhone();
  const input = useRef<HTMLInputElement>(null);
  const [kind, setKind] = useState(
    kinds.find((one) => one.code === chosen)?.code ?? kinds[0]?.code ?? "",
  );
  const [over, setOver] = useState(false);
  const [share, setShare] = useState<number | null>(null);

  const send = async (file: File | undefined) => {
    if (!file || share !== null) return;
    setShare(0);
    try {
      const id = await bring(kind, file, setShare);
      void navigate({ to: `/settings/imports/${id}` } as never);
    } catch (error) {
      complain(sentenceOf(error));
      setShare(null);
    }
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void send(event.dataTransfer.files[0]);
  };

  return (
    <section className="imp-sec">
      <h3>{t("start")}</h3>
      <p className="t2 imp-lead">{t("startText")}</p>
      {kinds.length > 1 && (
        <div className="imp-kind">
          <Segmented
            label={t("what")}
            value={kind}
            options={kinds.map((one) => ({ value: one.code, title: one.title }))}
            onChange={setKind}
          />
        </div>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same by keyboard. */}
      <div
        className={over ? "imp-drop over" : "imp-drop"}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        <Icon name="upload" size={24} />
        {share === null ? (
          <>
            <p className="b">{over ? t("dropNow") : t(phone ? "pick" : "drop")}</p>
            <p className="f12 t3">{t("limits")}</p>
            <div className="row">
              <Button
                look="primary"
                onClick={() => input.current?.click()}
                data-testid="import-choose"
              >
                {t("choose")}
              </Button>
              <a className="btn quiet" href={addressOf(`imports/samples/${kind}/`)} download>
                <Icon name="download" /> {t("sample")}
              </a>
            </div>
          </>
        ) : (
          <>
            <p role="status">{t("sending", { share: Math.round(share * 100) })}</p>
            <span className="bar imp-bar">
              <i style={{ width: `${Math.round(share * 100)}%` }} />
            </span>
          </>
        )}
        <input
          ref={input}
          type="file"
          className="vh"
          tabIndex={-1}
          aria-label={t("choose")}
          accept=".xlsx,.csv,.txt,.tsv"
          onChange={(event) => {
            void send(event.target.files?.[0]);
            event.target.value = "";
          }}
          data-testid="import-file"
        />
      </div>
    </section>
  );
}
