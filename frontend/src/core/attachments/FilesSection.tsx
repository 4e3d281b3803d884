import type { ClipboardEvent, DragEvent } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { sentenceOf } from "../../api/problem";
import { Icon } from "../../ui/icon";
import { useStore } from "../../ui/store";
import { type CardKind, refOf } from "../entities/kind";
import "./files.css";
import { KeptFile, MovingFile } from "./FileLines";
import { useFiles } from "./files";
import { attach, uploads } from "./uploads";
import "./words";

export interface FilesProps {
  kind: CardKind;
  id: number;
  canAttach: boolean;
}

export function pastedFiles(event: ClipboardEvent): File[] {
  return [...event.clipboardData.files];
}

/** Files of a card: choose, drop, paste; states and versions beside each. */
export function FilesSection({ kind, id, canAttach }: FilesProps) {
  const { t } = useTranslation("attachments");
  const query = useFiles(kind, id);
  const files = query.data ?? [];
  const moving = useStore(uploads).filter((one) => one.ref === refOf(kind, id));
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);

  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    attach(kind, id, event.dataTransfer.files);
  };
  const drag = canAttach
    ? {
        onDragOver: (event: DragEvent) => {
          event.preventDefault();
          setOver(true);
        },
        onDragLeave: () => setOver(false),
        onDrop: drop,
        onPaste: (event: ClipboardEvent) => attach(kind, id, pastedFiles(event)),
      }
    : {};

  return (
    <section className={over ? "sec drop" : "sec"} aria-label={t("files")} {...drag}>
      <header>
        <h3>{t("files")}</h3>
        <span className="n">{files.length || ""}</span>
        {canAttach && (
          <button type="button" className="add" onClick={() => input.current?.click()}>
            <Icon name="plus" size={14} />
            {t("add")}
          </button>
        )}
      </header>
      <input
        ref={input}
        type="file"
        multiple
        className="vh"
        tabIndex={-1}
        aria-label={t("add")}
        data-testid="file-input"
        disabled={!canAttach}
        onChange={(event) => {
          attach(kind, id, [...(event.target.files ?? [])]);
          event.target.value = "";
        }}
      />
      {files.length + moving.length > 0 ? (
        <div className="files">
          {files.map((file) => (
            <KeptFile key={file.id} kind={kind} id={id} file={file} canAttach={canAttach} />
          ))}
          {moving.map((upload) => (
            <MovingFile key={upload.key} upload={upload} />
          ))}
        </div>
      ) : (
        <NoFiles query={query} text={canAttach ? t(over ? "drop" : "empty") : ""} />
      )}
    </section>
  );
}

/** Nothing to show: the answer is still on its way, has failed, or there are none. */
function NoFiles({ query, text }: { query: ReturnType<typeof useFiles>; text: string }) {
  const { t } = useTranslation("ui");
  if (query.isPending) {
    return (
      <div className="file-wait" role="status">
        <span className="vh">{t("loading")}</span>
        <span className="sk wait" />
      </div>
    );
  }
  if (query.isError && !query.data) {
    return (
      <p className="hint sec-empty row" role="alert">
        <span>{sentenceOf(query.error)}</span>
        <button type="button" className="link" onClick={() => void query.refetch()}>
          {t("retry")}
        </button>
      </p>
    );
  }
  return text && <p className="hint sec-empty">{text}</p>;
}
