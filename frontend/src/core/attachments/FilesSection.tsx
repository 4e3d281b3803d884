import type { ClipboardEvent, DragEvent } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Attachment } from "../../api/contract";
import { IconButton } from "../../ui/button";
import { nearText, sizeText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Menu } from "../../ui/menu";
import { useStore } from "../../ui/store";
import { type CardKind, refOf } from "../entities/kind";
import { FileBox } from "./FileBox";
import "./files.css";
import { contentAddress, removeFile, useFiles } from "./files";
import { attach, attachVersion, forgetUpload, type Upload, uploads } from "./uploads";
import "./words";

interface FilesProps {
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
  const { data: files = [] } = useFiles(kind, id);
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
        canAttach && <p className="hint sec-empty">{over ? t("drop") : t("empty")}</p>
      )}
    </section>
  );
}

function KeptFile({ kind, id, file, canAttach }: FilesProps & { file: Attachment }) {
  const { t } = useTranslation("attachments");
  const input = useRef<HTMLInputElement>(null);
  const size = sizeText(file.size);
  const version = file.version > 1 ? ` · ${t("version", { number: file.version })}` : "";
  const notes = {
    uploading: size,
    checking: `${size} · ${t("checking")}`,
    ready: `${size} · ${nearText(file.created_at)}${version}`,
    rejected: file.reason ? t("rejected", { reason: file.reason }) : t("rejectedPlain"),
  };
  const ready = file.state === "ready";
  return (
    <FileBox
      name={file.name}
      note={<span className={file.state === "rejected" ? "red" : ""}>{notes[file.state]}</span>}
      href={ready ? contentAddress(file) : null}
      label={t("open", { name: file.name })}
    >
      {file.state === "checking" && <Icon name="loader" size={14} className="spin t3" />}
      {canAttach && (
        <>
          <Menu
            label={t("actions")}
            alignEnd
            trigger={(open) => <IconButton icon="ellipsis" label={t("actions")} small {...open} />}
            items={[
              {
                key: "version",
                title: t("newVersion"),
                icon: "upload",
                disabled: !ready,
                run: () => input.current?.click(),
              },
              {
                key: "remove",
                title: t("remove"),
                icon: "trash-2",
                danger: true,
                run: () => removeFile(kind, id, file),
              },
            ]}
          />
          <input
            ref={input}
            type="file"
            className="vh"
            tabIndex={-1}
            aria-label={t("newVersion")}
            onChange={(event) => {
              const next = event.target.files?.[0];
              if (next) attachVersion(kind, id, file.id, next);
              event.target.value = "";
            }}
          />
        </>
      )}
    </FileBox>
  );
}

function MovingFile({ upload }: { upload: Upload }) {
  const { t } = useTranslation("attachments");
  const { t: ui } = useTranslation("ui");
  const percent = Math.round(upload.share * 100);
  if (upload.error === null) {
    return <FileBox name={upload.name} note={t("sending", { percent })} share={upload.share} />;
  }
  return (
    <FileBox
      name={upload.name}
      note={<span className="red">{t("failed", { reason: upload.error })}</span>}
    >
      <IconButton icon="rotate-ccw" label={ui("retry")} small onClick={upload.retry} />
      <IconButton icon="x" label={t("dismiss")} small onClick={() => forgetUpload(upload.key)} />
    </FileBox>
  );
}
