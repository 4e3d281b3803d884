import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Attachment } from "../../api/contract";
import { sizeText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { usePhone } from "../../ui/screen";
import { Waiting } from "../../ui/state";
import { bytesOf, decoded, savedAddress, shownAddress } from "./viewing";
import "./words";

interface ViewProps {
  file: Attachment;
}

const TEXT_LIMIT = 1024 * 1024;

/** The browser's own reader of documents; telephones have none inside a page, or show the first sheet only. */
export function PdfView({ file }: ViewProps) {
  const { t } = useTranslation("attachments");
  const phone = usePhone();
  if (phone || navigator.pdfViewerEnabled === false)
    return <OtherView file={file} reason={t("pdfApart")} apart={shownAddress(file.id)} />;
  return <iframe className="viewer-pdf" src={shownAddress(file.id)} title={file.name} />;
}

/** The beginning of a text; a long one is read to its end in a program of one's own. */
export function TextView({ file }: ViewProps) {
  const { t } = useTranslation("attachments");
  const text = useQuery({
    queryKey: ["attachment", file.id, "text"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const { bytes, isWhole } = await bytesOf(file.id, TEXT_LIMIT, signal);
      return { shown: decoded(bytes, isWhole), isWhole };
    },
  });
  if (text.isError) return <OtherView file={file} reason={t("notRead")} />;
  if (text.data === undefined) return <Waiting rows={6} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is read by scrolling it with the keys.
    <pre className="viewer-text" tabIndex={0} data-testid="viewer-text">
      {text.data.shown}
      {!text.data.isWhole && <em className="viewer-cut">{t("beginning")}</em>}
    </pre>
  );
}

interface OtherProps extends ViewProps {
  /** Why it is not shown. */
  reason?: string;
  /** Where the browser shows it without us. */
  apart?: string;
}

/** What is not shown here: why, and the way to have it. */
export function OtherView({ file, reason, apart }: OtherProps) {
  const { t } = useTranslation("attachments");
  return (
    <div className="viewer-other" data-testid="viewer-other">
      <Icon name="file-text" size={40} />
      <b>{file.name}</b>
      <span className="t3">{reason ?? t("notShown")}</span>
      {apart && (
        <a className="btn" href={apart} target="_blank" rel="noopener noreferrer">
          {t("openApart")}
        </a>
      )}
      <a className="btn primary" href={savedAddress(file.id)}>
        <Icon name="download" />
        {t("downloadSize", { size: sizeText(file.size) })}
      </a>
    </div>
  );
}
