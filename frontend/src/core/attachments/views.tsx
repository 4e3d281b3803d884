import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Attachment } from "../../api/contract";
import { sizeText } from "../../ui/format";
import { Icon } from "../../ui/icon";
import { Waiting } from "../../ui/state";
import { contentAddress } from "./files";
import { decoded, savedAddress, shownAddress } from "./viewing";
import "./words";

interface ViewProps {
  file: Attachment;
}

/** The browser's own reader of documents. */
export function PdfView({ file }: ViewProps) {
  return <iframe className="viewer-pdf" src={shownAddress(file.id)} title={file.name} />;
}

export function TextView({ file }: ViewProps) {
  const text = useQuery({
    queryKey: ["attachment", file.id, "text"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const answer = await fetch(contentAddress(file), { credentials: "same-origin", signal });
      if (!answer.ok) throw new Error(String(answer.status));
      return decoded(await answer.arrayBuffer());
    },
  });
  if (text.isError) return <OtherView file={file} />;
  if (text.data === undefined) return <Waiting rows={6} />;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is read by scrolling it with the keys.
    <pre className="viewer-text" tabIndex={0}>
      {text.data}
    </pre>
  );
}

/** What no browser shows by itself: what it is, and the way to have it. */
export function OtherView({ file }: ViewProps) {
  const { t } = useTranslation("attachments");
  return (
    <div className="viewer-other">
      <Icon name="file-text" size={40} />
      <b>{file.name}</b>
      <span className="t3">{t("notShown")}</span>
      <a className="btn primary" href={savedAddress(file.id)}>
        <Icon name="download" />
        {t("downloadSize", { size: sizeText(file.size) })}
      </a>
    </div>
  );
}
