import { useQuery } from "@tanstack/react-query";
import type { KeyboardEvent } from "react";
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { Attachment } from "../../api/contract";
import { get } from "../../api/request";
import { IconButton } from "../../ui/button";
import { trapTab } from "../../ui/dialog";
import { nearText, sizeText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Waiting } from "../../ui/state";
import { useStore } from "../../ui/store";
import { DocumentView } from "./DocumentView";
import { useFiles } from "./files";
import { PictureView } from "./PictureView";
import { TableView } from "./TableView";
import { lookOf, savedAddress, type Viewed, viewed } from "./viewing";
import "./viewer.css";
import { OtherView, PdfView, TextView } from "./views";
import "./files.css";
import "./words";

/** Files over the page: arrows walk through the card's files, Esc closes. */
export function FileViewer() {
  const open = useStore(viewed);
  return open ? <Opened key={`${open.kind.code}/${open.card}`} open={open} /> : null;
}

function useShown({ kind, card, id }: Viewed): { files: Attachment[]; file?: Attachment } {
  const { data: all = [] } = useFiles(kind, card);
  const files = all.filter((file) => file.state === "ready");
  const member = files.find((file) => file.id === id);
  const alone = useQuery({
    queryKey: ["attachment", id],
    enabled: !member,
    queryFn: ({ signal }) => get<Attachment>(`attachments/${id}/`, { signal }),
  }).data;
  const file = member ?? alone;
  return file ? { files, file } : { files };
}

function Opened({ open }: { open: Viewed }) {
  const { t } = useTranslation("attachments");
  const { t: ui } = useTranslation("ui");
  const { files, file } = useShown(open);
  const [zoom, setZoom] = useState(1);
  const box = useRef<HTMLDivElement>(null);
  const at = files.findIndex((one) => one.id === open.id);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another file begins at its own size.
  useEffect(() => setZoom(1), [open.id]);
  useEffect(() => {
    const before = document.activeElement;
    box.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);

  const close = () => viewed.set(null);
  const step = (by: number) => {
    const next = files[(at + by + files.length) % files.length];
    if (at >= 0 && files.length > 1 && next) viewed.set({ ...open, id: next.id });
  };
  const scale = (by: number) => setZoom((now) => Math.min(6, Math.max(1, now * by)));
  const press = (event: KeyboardEvent<HTMLDivElement>) => {
    trapTab(event);
    const run = {
      Escape: close,
      ArrowLeft: () => step(-1),
      ArrowRight: () => step(1),
      Equal: () => scale(1.5),
      NumpadAdd: () => scale(1.5),
      Minus: () => scale(1 / 1.5),
      NumpadSubtract: () => scale(1 / 1.5),
      Digit0: () => setZoom(1),
    }[event.code];
    if (!run || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    run();
  };
  const look = file && lookOf(file);

  return createPortal(
    <div
      ref={box}
      className="scrim viewer"
      role="dialog"
      aria-modal
      aria-label={file ? t("viewing", { name: file.name }) : t("files")}
      tabIndex={-1}
      onKeyDown={press}
      data-testid="viewer"
    >
      <header className="viewer-h">
        <span className="grow file-text">
          <b className="el">{file?.name}</b>
          {file && (
            <span className="f12 el num viewer-note">
              {file.author.name} · {nearText(file.created_at)} · {sizeText(file.size)}
              {file.version > 1 && ` · ${t("version", { number: file.version })}`}
            </span>
          )}
        </span>
        {at >= 0 && files.length > 1 && (
          <span className="f12 num viewer-note">
            {t("place", { at: at + 1, of: files.length })}
          </span>
        )}
        {look === "picture" && (
          <span className="viewer-zoom">
            <IconButton
              icon="zoom-out"
              label={t("smaller")}
              disabled={zoom === 1}
              onClick={() => scale(1 / 1.5)}
            />
            <IconButton icon="zoom-in" label={t("larger")} onClick={() => scale(1.5)} />
          </span>
        )}
        {file && (
          <a
            className="icb"
            href={savedAddress(file.id)}
            aria-label={t("download")}
            title={t("download")}
            data-testid="viewer-save"
          >
            <Icon name="download" />
          </a>
        )}
        <IconButton icon="x" label={ui("close")} onClick={close} data-testid="viewer-close" />
      </header>
      <div className="viewer-b">
        {!file && <Waiting rows={3} />}
        {file && look === "picture" && (
          <PictureView file={file} zoom={zoom} onZoom={setZoom} onStep={step} onClose={close} />
        )}
        {file && look === "pdf" && <PdfView file={file} />}
        {file && look === "table" && <TableView key={file.id} file={file} />}
        {file && look === "document" && <DocumentView key={file.id} file={file} onClose={close} />}
        {file && look === "text" && <TextView file={file} />}
        {file && look === "none" && <OtherView file={file} />}
      </div>
      {at >= 0 && files.length > 1 && (
        <>
          <IconButton
            icon="chevron-left"
            className="viewer-step left"
            label={t("previous")}
            onClick={() => step(-1)}
          />
          <IconButton
            icon="chevron-right"
            className="viewer-step right"
            label={t("next")}
            onClick={() => step(1)}
          />
        </>
      )}
    </div>,
    document.body,
  );
}
